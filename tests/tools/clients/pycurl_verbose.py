import io, json, os, pycurl
c = pycurl.Curl(); out = io.BytesIO()
names = {0: "TEXT", 1: "HEADER_IN", 2: "HEADER_OUT", 3: "DATA_IN", 4: "DATA_OUT"}
c.setopt(c.URL, os.environ["URL_"]); c.setopt(c.WRITEDATA, out); c.setopt(c.VERBOSE, True)
c.setopt(c.HTTPHEADER, [f"{n}: {v}" if v else f"{n};" for n, v in json.loads(os.environ["FIELDS"]).items()])
c.setopt(c.DEBUGFUNCTION, lambda kind, data: print(f"{names.get(kind, kind)}: {data.decode(errors='replace').rstrip()}"))
c.perform(); print(c.getinfo(c.RESPONSE_CODE), out.getvalue().decode())
