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
}
REASONS = {200: "OK", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 422: "Unprocessable Entity"}


def main():
    here = Path(__file__).parent
    rows = [line.split("\t") for line in (here / "answers.tsv").read_text().splitlines()[1:]]
    kinds = {p.stem.rsplit("_", 1)[0]: p.stem.rsplit("_", 1)[1] for p in (here / "subjects").iterdir()}
    requests = {kind: dict(cases()) for kind, cases in measure.KINDS.items()}
    # The reading of a moment does not change from run to run.
    now = "2026-11-29T15:44:00Z"
    out = []
    for subject, versions, case, status, challenge, body in rows:
        if status in ("200", "0"):
            continue
        short = case.split(" ")[0]
        fields = requests[kinds[subject]][case]
        causes = list(FAULTS[short])
        if kinds[subject] == "basic" and short == "f1":
            causes = ["malformed-basic-credentials", "missing-bearer-prefix"]
        said = (challenge + body).lower()
        if short in ("f8", "f9", "f10", "f11", "f12", "f13") and not any(
            word in said for word in ("expired", "yet", "active", "audience", "issuer", "signature", "algorithm")
        ):
            causes += CHECKS
        lines = ["> GET /orders/7 HTTP/1.1", "> Host: api.example.test", "> Accept: */*", *(f"> {f}" for f in fields), ">",
                 f"< HTTP/1.1 {status} {REASONS.get(int(status), '')}".rstrip()]
        lines += [f"< WWW-Authenticate: {one}" for one in challenge.split(" | ") if one != "–"]
        lines += ["<", body]
        out.append({"id": f"{subject}-{short}", "input": "\n".join(lines), "causes": causes, "strict": True, "now": now,
                    "version": versions})
    (here.parent / "labelled/servers.jsonl").write_text("".join(json.dumps(t, ensure_ascii=False) + "\n" for t in out))
    print(f"{len(out)} tickets")


if __name__ == "__main__":
    main()
