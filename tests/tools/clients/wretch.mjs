import wretch from 'wretch';
wretch(process.env.URL_).headers(JSON.parse(process.env.FIELDS)).get().json().catch(e => console.error(e));
