import got from 'got';
const headers = JSON.parse(process.env.FIELDS);
got(process.env.URL_, { headers, retry: { limit: 0 } }).catch(e => { console.log(e); console.log(e.response.statusCode, e.response.headers, e.response.body, e.options.headers); });
