#!/usr/bin/env python3
"""Record tests/tools/captures/ anew: what real programs print about a refused request.

    record.py [NAME...]

Starts server.py on the loopback, installs pinned versions in a temporary folder (PyPI, npm, crates; the other programs
come from the system) and lets each program send one request with the defect that `TOOLS` says. Afterwards the
address of the server becomes a host of the platform, and times, ports and paths become fixed ones, so that two
recordings differ only where the program does. WORK=FOLDER keeps the folder of installed programs.
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
CLIENTS = HERE / "clients"
PORT, STORE = 18401, 18411
H2 = PORT + 1
TOKEN = "q7RtX2bLw9KcVn4sYp0HdZ8mEf3U"
EXPIRED = "ExpiredW3nBv6Jx1Qk8Zr5Tg0Lp2"
LETTER = "/referrals/FHIR/R4/Binary/0d8c3a52-6d0c-4c3b-9d7b-7f4f1d2f9a11"
MOVED = "/referrals/FHIR/R4/Binary/moved"
CODES = "/referrals/FHIR/STU3/CodeSystem/SPECIALTY"
OWN = {
    "NHSD-End-User-Organisation-ODS": "Z9Z",
    "NHSD-eRS-Business-Function": "SERVICE_PROVIDER_CLINICIAN",
    "X-Correlation-ID": "6E1F0B52-7A34-4D8C-9B21-5C0D3E7F8A10",
}
BLANK = {"NHSD-eRS-On-Behalf-Of-User-ID": ""}
# The value of Authorization with that defect; None: the field is left out.
DEFECTS = {
    "bare": TOKEN,
    "none": None,
    "doubled": f"Bearer Bearer {TOKEN}",
    "quoted": f'Bearer "{TOKEN}"',
    "template": "Bearer {{access_token}}",
    "basic": "Basic bWFkZS11cDpub3QtYS1wYXNzd29yZA==",
    "good": f"Bearer {TOKEN}",
    "expired": f"Bearer {EXPIRED}",
    "colon": f"Bearer: {TOKEN}",
    "token": f"Token {TOKEN}",
    "empty": "Bearer",
}
PYPI = (
    "requests==2.34.2 urllib3==2.8.0 httpx[http2]==0.28.1 aiohttp==3.14.5 httpie==3.2.4 vcrpy==9.4.2 requests-toolbelt==1.0.0 pycurl==7.49.0 "
    "niquests==3.21.2 locust==2.47.0 robotframework==7.5 robotframework-requests==0.9.7"
).split()
NPM = (
    "axios@1.21.1 got@14.6.6 undici@7.30.2 node-fetch@3.3.2 superagent@10.4.2 newman@6.2.2 ky@1.14.3 fhirclient@2.6.3 "
    "needle@3.5.0 httpyac@6.16.7 @usebruno/cli@4.1.0 wretch@2.11.1 nock@13.5.6"
).split()
OKHTTP = "/usr/share/java/okhttp.jar:/usr/share/java/okio.jar"
APACHE = ":".join(f"/usr/share/java/{n}.jar" for n in ("httpclient", "httpcore", "commons-logging", "commons-codec"))
WIRE_LOG = (
    "-Dorg.apache.commons.logging.Log=org.apache.commons.logging.impl.SimpleLog "
    "-Dorg.apache.commons.logging.simplelog.showdatetime=true -Dorg.apache.commons.logging.simplelog.log.org.apache.http=DEBUG"
)
CURL = "curl -sS $H"
WGET = "wget -O - --no-hsts --no-config $W"
CAPTURED = "(sleep 6; curl -sS $H -o /dev/null $URL_; sleep 1)"
ON_WIRE = f"port {PORT}"

# Name: the defect, the command (run by bash; $URL_, $FIELDS, $LINES, $H, $W describe the request) and options.
#   path, blank (the on-behalf-of field is sent empty), version, env, and raw (the address is not replaced: the dump
#   counts bytes).
TOOLS = {
    "curl-v": ("bare", f"{CURL} -v $URL_", {"blank": True}),
    "curl-v-location": ("good", f"{CURL} -vL --location-trusted $URL_", {"path": MOVED}),
    "curl-i-location": ("good", f"{CURL} -iL --location-trusted $URL_", {"path": MOVED}),
    "curl-trace-ascii": ("none", f"{CURL} --trace-ascii - --trace-time $URL_", {"path": CODES}),
    "curl-trace": ("doubled", f"{CURL} --trace - $URL_", {"raw": True}),
    "curl-write-out": ("empty", CURL + r" -o /dev/null -w '%{json}\n%{header_json}\n' $URL_", {}),
    "curl-h2-prior-knowledge": ("good", f"{CURL} -v --http2-prior-knowledge $H2_", {"blank": True}),
    "wget-d": ("basic", f"{WGET} -d $URL_", {}),
    "wget-s": ("none", f"{WGET} -S $URL_", {}),
    "wget2-d": ("bare", "wget2 -d -O - --no-hsts --tries=1 $W $URL_", {"blank": True}),
    "httpie": ("template", "$VENV/http --ignore-stdin -v --pretty=format GET $URL_ $HTTPIE", {}),
    "httpie-headers": ("expired", "$VENV/http --ignore-stdin --print=Hh --follow GET $URL_ $HTTPIE", {}),
    "lwp-request": ("bare", "lwp-request -m GET -USed $W_LWP $URL_", {}),
    "lwp-dump": ("quoted", "perl $C/lwp_dump.pl", {}),
    "http-tiny-dumper": ("none", "perl $C/http_tiny.pl", {}),
    "mojo-v": ("doubled", "mojo get -v $H $URL_", {}),
    "nghttp-v": ("bare", "nghttp -nv $H $H2_", {}),
    "siege-get": ("expired", "siege --get -R $C/siege.conf $H $URL_", {}),
    "ab-v": ("good", "ab -n 1 -v 4 $H $URL_", {"blank": True}),
    "httping": ("none", "httping -c 1 -s -S -G -g $URL_", {}),
    "aria2-log": ("bare", "aria2c --no-conf -d $WORK --log=- --log-level=debug $HEADER_ $URL_", {}),
    "tshark-verbose": ("bare", f"tshark -ni lo -a duration:12 -O http -f '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {"blank": True}),
    "tshark-json": ("none", f"tshark -ni lo -a duration:12 -T json -J http -Y http -f '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {}),
    "tshark-pdml": ("bare", f"tshark -ni lo -a duration:12 -T pdml -Y http -f '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {"blank": True}),
    "tshark-follow": ("empty", f"tshark -ni lo -a duration:12 -qz follow,http,ascii,0 -f '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {}),
    "tshark-follow-h2": (
        "bare",
        f"tshark -ni lo -a duration:12 -d tcp.port=={H2},http2 -qz follow,http2,ascii,0,1 -f 'port {H2}' 2>/dev/null & "
        "(sleep 6; curl -sS $H --http2-prior-knowledge -o /dev/null $H2_; sleep 1); wait",
        {},
    ),
    "tshark-fields": ("doubled", f"tshark -ni lo -a duration:12 -T fields -E header=y -e http.request.method -e http.request.full_uri -e http.authorization -e http.response.code -Y http -f '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {}),
    "tshark-summary": ("bare", f"tshark -ni lo -a duration:12 -Y http -f '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {}),
    "tcpdump-a": ("quoted", f"timeout 12 tcpdump -nni lo -A '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {}),
    "ngrep": ("doubled", f"timeout 12 ngrep -d lo -l -q -W byline '' '{ON_WIRE}' & {CAPTURED}; wait", {}),
    "tcpflow-c": ("colon", f"timeout 12 tcpflow -c -i lo '{ON_WIRE}' 2>/dev/null & {CAPTURED}; wait", {}),
    "socat-v": ("bare", "socat -v TCP-LISTEN:18421,reuseaddr TCP:127.0.0.1:$PORT & sleep 1; curl -sS $H -o /dev/null http://127.0.0.1:18421$P; wait", {"blank": True}),
    "requests-debug": ("bare", "$VENV/python $C/requests_debug.py", {"blank": True}),
    "requests-traceback": ("good", "$VENV/python $C/requests_traceback.py", {}),
    "requests-toolbelt": ("none", "$VENV/python $C/toolbelt_dump.py", {}),
    "httpx-debug": ("good", "$VENV/python $C/httpx_debug.py", {"blank": True}),
    "httpx-hooks": ("doubled", "$VENV/python $C/httpx_hooks.py", {}),
    "aiohttp-trace": ("bare", "$VENV/python $C/aiohttp_trace.py", {}),
    "vcr-yaml": ("none", "$VENV/python $C/vcr_cassette.py", {"env": {"HOW": "yaml"}}),
    "vcr-json": ("bare", "$VENV/python $C/vcr_cassette.py", {"env": {"HOW": "json"}, "blank": True}),
    "urllib-debug": ("colon", "$VENV/python $C/urllib_debug.py", {}),
    "locust": ("expired", "$VENV/locust -f $C/locustfile.py --headless -u 1 -r 1 -t 3 --only-summary", {}),
    "pycurl-debug": ("bare", "$VENV/python $C/pycurl_verbose.py", {"blank": True}),
    "niquests-debug": ("none", "$VENV/python $C/niquests_debug.py", {}),
    "robot-requests": ("doubled", "$VENV/robot --outputdir $WORK/robot --loglevel DEBUG $C/robot_requests.robot > /dev/null; $VENV/python -c \"import re,sys;print(re.sub('<[^>]*>','',open(sys.argv[1]).read()))\" $WORK/robot/output.xml", {}),
    "mitmdump": ("bare", "mitmdump --flow-detail 3 --mode reverse:http://127.0.0.1:$PORT -p 18431 & M=$!; sleep 20; curl -sS $H -o /dev/null http://127.0.0.1:18431$P; sleep 1; kill $M; wait", {}),
    "axios": ("bare", "node $C/axios.mjs", {}),
    "axios-json": ("none", "node $C/axios.mjs", {"env": {"HOW": "json"}}),
    "axios-node-debug": ("doubled", "NODE_DEBUG=http node $C/axios.mjs", {"env": {"HOW": "json"}}),
    "got": ("good", "node $C/got.mjs", {"blank": True}),
    "undici-fetch": ("bare", "NODE_DEBUG=undici,fetch node $C/undici.mjs", {}),
    "node-fetch": ("expired", "node $C/node-fetch.mjs", {}),
    "ky": ("none", "node $C/ky.mjs", {"path": CODES}),
    "needle": ("quoted", "node $C/needle.cjs", {}),
    "superagent": ("bare", "node $C/superagent.cjs", {}),
    "wretch": ("good", "node $C/wretch.mjs", {}),
    "fhirclient": ("bare", "DEBUG='FHIR*' node $C/fhirclient.cjs", {}),
    "node-http": ("doubled", "node $C/node-http.cjs", {"path": CODES}),
    "nock": ("bare", "node $C/nock.cjs", {}),
    "nock-objects": ("template", "node $C/nock.cjs", {"env": {"HOW": "objects"}}),
    "newman-verbose": ("template", "$NPM/newman run $WORK/collection.json --verbose --disable-unicode --color off", {}),
    "newman-json": ("bare", "$NPM/newman run $WORK/collection.json -r json --reporter-json-export $WORK/newman.json; cat $WORK/newman.json", {}),
    "newman-cli": ("none", "$NPM/newman run $WORK/collection.json --disable-unicode --color off", {}),
    "httpyac": ("bare", "$NPM/httpyac send $WORK/request.http --all -o exchange --no-color", {"blank": True}),
    "httpyac-json": ("doubled", "$NPM/httpyac send $WORK/request.http --all --json", {}),
    "bruno-cli": ("quoted", "cd $WORK/bruno && $NPM/bru run --reporter-json $WORK/bru.json --noproxy; cat $WORK/bru.json", {}),
    "ruby-net-http": ("bare", "ruby $C/net_http.rb", {}),
    "ruby-faraday": ("doubled", "ruby $C/faraday.rb", {}),
    "ruby-rest-client": ("none", "ruby $C/rest_client.rb", {}),
    "ruby-httparty": ("expired", "ruby $C/httparty.rb", {}),
    "php-curl": ("bare", "php $C/curl_verbose.php", {"blank": True}),
    "php-stream": ("none", "php $C/stream.php", {}),
    "php-guzzle-debug": ("template", "php $C/guzzle.php", {"env": {"HOW": "debug"}}),
    "php-guzzle": ("bare", "php $C/guzzle.php", {}),
    "go-dump": ("quoted", "go run $C/dump.go", {"env": {"HOW": "dump"}}),
    "go-print": ("bare", "go run $C/dump.go", {}),
    "java-http-client": ("doubled", "java -Djdk.httpclient.HttpClient.log=errors,requests,headers $C/JdkClient.java", {}),
    "java-url-connection": ("bare", "java -Djava.util.logging.config.file=$C/fine.properties $C/UrlConnection.java", {}),
    "java-apache": ("bare", f"java -cp {APACHE} {WIRE_LOG} $C/ApacheClient.java", {"blank": True}),
    "java-okhttp": ("none", f"java -cp {OKHTTP} $C/OkClient.java", {}),
    "r-httr2": ("quoted", "Rscript $C/httr2.R", {}),
    "rust-reqwest": ("bare", "$WORK/rust/target/debug/clients", {"env": {"HOW": "reqwest"}}),
    "rust-ureq": ("doubled", "$WORK/rust/target/debug/clients", {"env": {"HOW": "ureq"}}),
}


def install(work):
    """Pinned versions into the working folder, where they are not there yet."""
    if not (work / "venv").exists():
        subprocess.run([sys.executable, "-m", "venv", work / "venv"], check=True)
        subprocess.run([work / "venv/bin/pip", "-q", "install", *PYPI], check=True)
    if not (work / "npm").exists():
        (work / "npm").mkdir()
        (work / "npm/package.json").write_text("{}")
        subprocess.run(["npm", "i", "--no-audit", "--no-fund", *NPM], cwd=work / "npm", check=True)
    if not (work / "rust/target/debug/clients").exists():
        shutil.copytree(CLIENTS / "rust", work / "rust", dirs_exist_ok=True)
        subprocess.run(["cargo", "build"], cwd=work / "rust", check=True)


def fields_of(defect, blank):
    value = DEFECTS[defect]
    return {**({} if value is None else {"Authorization": value}), **OWN, **(BLANK if blank else {})}


def write_inputs(work, url, fields):
    """The request as a Postman collection, as a file of httpYac and as a collection of Bruno."""
    header = [{"key": n, "value": v} for n, v in fields.items()]
    collection = {
        "info": {"name": "letters", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
        "item": [{
            "name": "Read a letter",
            "event": [{"listen": "test", "script": {"exec": ["pm.test('is found', () => pm.response.to.have.status(200));"]}}],
            "request": {"method": "GET", "header": header, "url": url},
        }],
    }
    (work / "collection.json").write_text(json.dumps(collection))
    lines = "".join(f"{n}: {v}\n" for n, v in fields.items())
    (work / "request.http").write_text(f"### Read a letter\nGET {url}\n{lines}\n")
    bruno = work / "bruno"
    bruno.mkdir(exist_ok=True)
    (bruno / "bruno.json").write_text('{"version": "1", "name": "letters", "type": "collection"}')
    listed = "".join(f"  {n}: {v}\n" for n, v in fields.items())
    (bruno / "letter.bru").write_text(
        f"meta {{\n  name: Read a letter\n  type: http\n}}\n\nget {{\n  url: {url}\n  body: none\n  auth: none\n}}\n\nheaders {{\n{listed}}}\n"
    )


def run(name, work):
    defect, command, options = TOOLS[name]
    fields = fields_of(defect, options.get("blank"))
    path = options.get("path", LETTER)
    url = f"http://127.0.0.1:{PORT}{path}"
    write_inputs(work, url, fields)
    env = {
        "PATH": os.environ["PATH"], "HOME": str(work), "LANG": "C.UTF-8", "TERM": "dumb", "NO_COLOR": "1", "COLUMNS": "120", "TZ": "UTC",
        "GOFLAGS": "-mod=mod", "GOCACHE": str(work / "go-cache"), "NODE_PATH": str(work / "npm/node_modules"),
        "URL_": url, "H2_": f"http://127.0.0.1:{H2}{path}", "P": path, "PORT": str(PORT), "FIELDS": json.dumps(fields),
        "LINES": "\n".join(f"{n}: {v}" for n, v in fields.items()), "C": str(work / "clients"), "WORK": str(work),
        "VENV": str(work / "venv/bin"), "NPM": str(work / "npm/node_modules/.bin"), **options.get("env", {}),
    }
    quote = lambda text: "'" + text + "'"
    env_lines = {
        "H": " ".join("-H " + quote(f"{n}: {v}" if v or not "curl" in command else f"{n};") for n, v in fields.items()),
        "W": " ".join("--header=" + quote(f"{n}: {v}") for n, v in fields.items()),
        "W_LWP": " ".join("-H " + quote(f"{n}: {v}") for n, v in fields.items()),
        "HEADER_": " ".join("--header=" + quote(f"{n}: {v}") for n, v in fields.items()),
        "HTTPIE": " ".join(quote(f"{n}:{v}" if v else f"{n};") for n, v in fields.items()),
    }
    for word in sorted(env_lines, key=len, reverse=True):
        command = re.sub(r"\$" + word + r"\b", lambda _: env_lines[word], command)
    done = subprocess.run(["bash", "-c", command], cwd=work, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120)
    return done.stdout.decode(errors="replace"), options.get("raw", False)


def settle(text, work, raw):
    """The capture without anything of this machine: address, ports, times, paths, process numbers."""
    text = re.sub(r"(New configuration template|Run siege -C).*\n", "", text)
    user = os.environ.get("USER", "root")
    text = text.replace(str(work), "/home/dev/app").replace(str(HERE), "/home/dev/app")
    if not raw:
        text = re.sub(r"http://127\.0\.0\.1:(18401|18402|18421|18431)\b", "https://int.api.service.nhs.uk", text)
        text = re.sub(r"http://127\.0\.0\.1:18411\b", "https://letters.store.example", text)
        text = re.sub(r"127\.0\.0\.1[:.](18401|18402|18421|18431)\b", "int.api.service.nhs.uk", text)
        text = re.sub(r"127\.0\.0\.1[:.]18411\b", "letters.store.example", text)
        text = re.sub(r"\n(Host|host): 127\.0\.0\.1\b", r"\n\1: int.api.service.nhs.uk", text)
        text = text.replace('Some(Ipv4(127.0.0.1)), port: Some(18401)', 'Some(Domain("int.api.service.nhs.uk")), port: None')
        text = re.sub(r"(\"|')127\.0\.0\.1\1", r"\1int.api.service.nhs.uk\1", text)
        text = re.sub(r"\[\s*\"127\",\s*\"0\",\s*\"0\",\s*\"1\"\s*\]", '["int", "api", "service", "nhs", "uk"]', text)
        text = re.sub(r"\"port\": \"18401\",\s*", "", text).replace('"protocol": "http"', '"protocol": "https"')
        text = text.replace("port: '18401'", "port: ''").replace("protocol: 'http:'", "protocol: 'https:'").replace('scheme: "http"', 'scheme: "https"')
        text = re.sub(r"\b(connect(?:ed)? to|connecting to|to host|host=|Connected to) ?'?127\.0\.0\.1\b", lambda m: m[0].replace("127.0.0.1", "int.api.service.nhs.uk"), text, flags=re.I)
    text = re.sub(r"(127\.0\.0\.1[:.])[345]\d{4}\b", r"\g<1>40000", text)
    text = re.sub(r"\b2026-\d\d-\d\d([T ])\d\d:\d\d:\d\d", r"2026-11-29\g<1>10:00:00", text)
    text = re.sub(r"\b\d\d/(Nov|Dec)/2026:\d\d:\d\d:\d\d", "29/Nov/2026:10:00:00", text)
    text = re.sub(r"\b\w{3} \d\d?, 2026,? \d\d?:\d\d:\d\d(\.\d+)?", "Nov 29, 2026 10:00:00", text)
    text = re.sub(r"\b\w{3} \w{3} \d\d? \d\d:\d\d:\d\d 2026", "Sun Nov 29 10:00:00 2026", text)
    text = re.sub(r"\b2026/\d\d/\d\d \d\d:\d\d:\d\d[:.]\d+", "2026/11/29 10:00:00:000", text)
    text = re.sub(r"\b\d\d\.\d{6}\.\d{3}\b", "29.100000.000", text)
    text = re.sub(r"(/[\w.]+)+/versions/[\d.]+", "/usr/local", text)
    text = re.sub(r"\b\d\d:\d\d:\d\d\.\d{3,9}\b", "10:00:00.000", text)
    text = re.sub(r"\b" + re.escape(user) + r"@\w+", "dev@host", text)
    return text


def main():
    names = sys.argv[1:] or [n for n, t in TOOLS.items() if not t[2].get("skip")]
    keep = os.environ.get("WORK")
    work = Path(keep or tempfile.mkdtemp())
    install(work)
    shutil.rmtree(work / "clients", ignore_errors=True)
    shutil.copytree(CLIENTS, work / "clients")
    (work / "clients/node_modules").symlink_to(work / "npm/node_modules")
    server = subprocess.Popen([work / "venv/bin/python", HERE / "server.py", str(PORT), str(STORE)])
    time.sleep(1.5)
    (HERE / "captures").mkdir(exist_ok=True)
    try:
        for name in names:
            try:
                text, raw = run(name, work)
            except subprocess.TimeoutExpired as late:
                print(f"{name}: {late}", file=sys.stderr)
                continue
            text = settle(text, work, raw)
            (HERE / "captures" / f"{name}.txt").write_text(text)
            print(f"{name}: {len(text)} characters")
    finally:
        server.terminate()
        if not keep:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
