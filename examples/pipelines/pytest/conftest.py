"""Saves refused exchanges of `requests` and `httpx`, and says at the end of a failed run why they were refused.

Copy it beside your tests. The program must be on the path, or in the environment variable WHY401. Captures go to the folder
`captures`, or to that of WHY401_CAPTURES. They hold credentials: do not publish the folder, only the report.
"""

import json
import os
import pathlib
import re
import shutil
import subprocess

import pytest

FOLDER = pathlib.Path(os.environ.get("WHY401_CAPTURES", "captures"))


class Exchanges:
    """The refused exchanges of a test, as an HTTP Archive."""

    def __init__(self):
        self.entries = []

    def add(self, method, url, sent, status, got, body):
        if status not in (401, 403, 407):
            return
        pairs = lambda fields: [{"name": str(name), "value": str(value)} for name, value in fields]
        self.entries.append(
            {
                "request": {"method": method, "url": str(url), "headers": pairs(sent)},
                "response": {"status": status, "headers": pairs(got), "content": {"text": body[:100_000]}},
            }
        )

    def save(self, name):
        if not self.entries:
            return
        FOLDER.mkdir(parents=True, exist_ok=True)
        name = re.sub(r"[^\w.-]+", "-", name).strip("-")
        archive = {"log": {"version": "1.2", "creator": {"name": "pytest", "version": "1"}, "entries": self.entries}}
        (FOLDER / f"{name}.har").write_text(json.dumps(archive, indent=1))


@pytest.fixture(autouse=True)
def why401_exchanges(request, monkeypatch):
    """Watches the HTTP clients that are installed."""
    exchanges = Exchanges()
    try:
        import requests

        send = requests.Session.send

        def watched(self, prepared, **more):
            response = send(self, prepared, **more)
            sent = response.request
            exchanges.add(sent.method, sent.url, sent.headers.items(), response.status_code, response.headers.items(), response.text)
            return response

        monkeypatch.setattr(requests.Session, "send", watched)
    except ImportError:
        pass
    try:
        import httpx

        def keep(response):
            sent = response.request
            exchanges.add(sent.method, sent.url, sent.headers.multi_items(), response.status_code, response.headers.multi_items(), response.text)
            return response

        send_httpx, send_async = httpx.Client.send, httpx.AsyncClient.send

        def watched_httpx(self, prepared, **more):
            response = send_httpx(self, prepared, **more)
            return response if more.get("stream") else keep(response)

        async def watched_async(self, prepared, **more):
            response = await send_async(self, prepared, **more)
            return response if more.get("stream") else keep(response)

        monkeypatch.setattr(httpx.Client, "send", watched_httpx)
        monkeypatch.setattr(httpx.AsyncClient, "send", watched_async)
    except ImportError:
        pass
    yield exchanges
    report = getattr(request.node, "why401_report", None)
    if report is not None and report.failed:
        exchanges.save(request.node.nodeid)


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item):
    outcome = yield
    report = outcome.get_result()
    if report.when == "call":
        item.why401_report = report


def pytest_terminal_summary(terminalreporter):
    """Why the requests of failed tests were refused."""
    program = shutil.which(os.environ.get("WHY401", "why401"))
    if program is None or not any(FOLDER.glob("*.har")):
        return
    said = subprocess.run([program, "check", str(FOLDER)], capture_output=True, text=True, check=False)
    terminalreporter.section("why401")
    terminalreporter.write(said.stdout + said.stderr)
