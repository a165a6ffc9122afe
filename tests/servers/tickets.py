#!/usr/bin/env python3
"""Write ../labelled/servers.jsonl from answers.tsv: each answer with the request that got it, labelled with the fault of its case.

Where a server does not say which check of a token failed, any of them counts as right.
"""
import json
from pathlib import Path

import measure

CHECKS = ["token-expired", "token-not-yet-valid", "wrong-audience", "wrong-issuer", "token-signature-invalid",
          "token-algorithm-wrong", "token-unknown", "credentials-rejected"]
FAULTS = {
    "f0": ["missing-authorization"], "f1": ["missing-bearer-prefix"], "f2": ["wrong-authorization-scheme"],
    "f3": ["damaged-token"], "f4": ["blank-authorization"], "f5": ["bearer-without-token"], "f6": ["placeholder-token"],
    "f7": ["damaged-token"], "f8": ["token-expired"], "f9": ["token-not-yet-valid", "clock-skew"],
    "f10": ["wrong-audience"], "f11": ["wrong-issuer"], "f12": ["token-signature-invalid", "token-key-unknown"],
    "f13": ["token-algorithm-wrong", "token-signature-invalid"], "f14": ["wrong-authorization-scheme"],
    "f15": ["credentials-sent-twice"], "x-refresh": ["wrong-token-kind"],
    "x-badtoken": ["token-unknown", "wrong-token-kind", "damaged-token", "credentials-rejected", "token-expired"],
    "x-colon": ["wrong-authorization-scheme", "damaged-token"], "x-doubled": ["doubled-bearer-prefix"],
    "x-nocolon": ["malformed-basic-credentials"], "x-notbase64": ["malformed-basic-credentials"],
    "x-newline": ["malformed-basic-credentials", "damaged-token"], "x-wrongpass": ["credentials-rejected"],
    "k0": ["api-key-missing", "missing-authorization"], "k1": ["api-key-invalid", "credentials-rejected"],
    "k2": ["api-key-missing"], "k3": ["api-key-in-wrong-place", "wrong-authorization-scheme", "api-key-missing"],
    "k4": ["damaged-token", "api-key-invalid"],
    "p0": ["missing-authorization"], "p1": ["token-in-wrong-field", "missing-authorization"],
    "p2": ["missing-bearer-prefix", "malformed-basic-credentials"], "p3": ["wrong-authorization-scheme"],
    "p4": ["credentials-rejected"], "p5": ["malformed-basic-credentials"],
    "p6": ["bearer-without-token", "malformed-basic-credentials"],
    "d0": ["challenge-not-answered", "missing-authorization"], "d1": ["wrong-authorization-scheme", "challenge-not-answered"],
    "d2": ["credentials-rejected"], "d3": ["challenge-not-answered", "credentials-rejected"],
    "d4": ["challenge-not-answered", "wrong-host-or-path", "credentials-rejected"],
    "d5": ["bearer-without-token", "challenge-not-answered"], "d6": ["wrong-authorization-scheme", "challenge-not-answered"],
    "c0": ["session-cookie-missing-or-expired", "missing-authorization"], "c1": ["session-cookie-missing-or-expired"],
    "c2": ["session-cookie-missing-or-expired"],
    "c3": ["session-cookie-missing-or-expired", "wrong-authorization-scheme"],
    "s0": ["csrf-token-missing"], "s1": ["csrf-token-missing"], "s2": ["csrf-token-missing", "session-cookie-missing-or-expired"],
}
REASONS = {200: "OK", 302: "Found", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 407: "Proxy Authentication Required",
           422: "Unprocessable Entity", 500: "Internal Server Error"}
# Where a request needs something that the server issued, it is written with values of the same form.


def requests_of(kind, path):
    if kind == "digest":
        return dict(measure.digest_cases(measure.Fixed('Digest realm="Orders", nonce="0b5e1c7d9a", qop="auth"', path)))
    if kind in ("cookie", "csrf"):
        return dict(measure.LATER[kind](measure.Fixed("session=4f1d2c9b7a6e5d80", path)))
    return dict(measure.KINDS[kind]())


def main():
    here = Path(__file__).parent
    rows = [line.split("\t") for line in (here / "answers.tsv").read_text().splitlines()[1:]]
    programs = {p.stem.rsplit("_", 1)[0]: p for p in (here / "subjects").iterdir()}
    # The reading of a moment does not change from run to run.
    now = "2026-11-29T15:44:00Z"
    out = []
    for subject, versions, case, status, challenge, body, server in rows:
        kind = programs[subject].stem.rsplit("_", 1)[1]
        method, path = measure.place(programs[subject])
        short = case.split(" ")[0]
        if status in ("0", "404") or status < "300" and '"errors"' not in body or case.endswith("good"):
            continue
        fields = requests_of(kind, path)[case]
        causes = list(FAULTS[short])
        if kind == "basic" and short == "f1":
            causes = ["malformed-basic-credentials", "missing-bearer-prefix"]
        said = (challenge + body).lower()
        if short in ("f8", "f9", "f10", "f11", "f12", "f13") and not any(
            word in said for word in ("expired", "yet", "active", "audience", "issuer", "signature", "algorithm")
        ):
            causes += [c for c in CHECKS if c not in causes]
        if kind == "proxy":
            path = "http://api.example.test/orders/7"
        offers = "Proxy-Authenticate" if status == "407" else "WWW-Authenticate"
        lines = [f"> {method} {path} HTTP/1.1", "> Host: api.example.test", "> Accept: */*", *(f"> {f}" for f in fields), ">",
                 f"< HTTP/1.1 {status} {REASONS.get(int(status), '')}".rstrip()]
        lines += [f"< {offers}: {one}" for one in challenge.split(" | ") if one != "–"]
        if server != "–":
            lines.append(f"< Server: {server}")
        lines += ["<", body]
        out.append({"id": f"{subject}-{short}", "input": "\n".join(lines), "causes": causes, "strict": True, "now": now,
                    "version": versions})
    (here.parent / "labelled/servers.jsonl").write_text("".join(json.dumps(t, ensure_ascii=False) + "\n" for t in out))
    print(f"{len(out)} tickets")


if __name__ == "__main__":
    main()
