const FHIR = require('fhirclient');
const at = process.env.URL_.lastIndexOf('/', process.env.URL_.lastIndexOf('/') - 1);
const { Authorization, ...headers } = JSON.parse(process.env.FIELDS);
const client = FHIR({ headers: {} }, { headersSent: true, writeHead() {}, end() {} }).client({ serverUrl: process.env.URL_.slice(0, at) });
client.request({ url: process.env.URL_.slice(at + 1), headers: Authorization === undefined ? headers : { ...headers, Authorization } }).catch(e => console.log(e));
