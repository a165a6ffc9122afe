const headers = JSON.parse(process.env.FIELDS);
const r = await fetch(process.env.URL_, { headers });
console.log(r); console.log(await r.text());
