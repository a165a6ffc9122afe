const http = require('http');
const req = http.get(process.env.URL_, { headers: JSON.parse(process.env.FIELDS) }, res => {
  let body = ''; res.on('data', d => body += d); res.on('end', () => { console.log(req.getHeaders()); console.log(res.statusCode, res.statusMessage); console.log(res.headers); console.log(body); });
});
