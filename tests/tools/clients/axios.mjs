import axios from 'axios';
const headers = JSON.parse(process.env.FIELDS);
axios.get(process.env.URL_, { headers }).catch(e => console.log(process.env.HOW === 'json' ? JSON.stringify(e.toJSON(), null, 2) : e));
