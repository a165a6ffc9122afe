import ky from 'ky';
const headers = JSON.parse(process.env.FIELDS);
try { await ky.get(process.env.URL_, { headers, retry: 0 }).json(); } catch (e) { console.log(e); }
