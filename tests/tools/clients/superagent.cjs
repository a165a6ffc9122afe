const superagent = require('superagent');
superagent.get(process.env.URL_).set(JSON.parse(process.env.FIELDS)).catch(e => console.log(e.response.toJSON ? JSON.stringify(e.response, null, 1) : e));
