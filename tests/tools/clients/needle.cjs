const needle = require('needle');
needle('get', process.env.URL_, null, { headers: JSON.parse(process.env.FIELDS) }).then(r => { console.log(r.statusCode, r.statusMessage, r.headers, r.body); console.log(r.req._header); });
