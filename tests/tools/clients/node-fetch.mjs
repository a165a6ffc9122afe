import fetch from 'node-fetch';
const headers = JSON.parse(process.env.FIELDS);
const r = await fetch(process.env.URL_, { headers });
console.log('Request headers', headers); console.log(r); console.log(await r.text());
