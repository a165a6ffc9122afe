const nock = require('nock'), http = require('http');
nock.recorder.rec({ enable_reqheaders_recording: true, output_objects: process.env.HOW === 'objects', logging: x => console.log(typeof x === 'string' ? x : JSON.stringify(x, null, 2)), use_separator: true });
http.get(process.env.URL_, { headers: JSON.parse(process.env.FIELDS) }, res => res.resume());
