"""The Python module, as it was installed from its wheel. Run by tests/packages/run.sh."""

import doctest
import subprocess
import sys
from importlib.metadata import version as installed

import pytest

import why401

TOKEN = "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"
BARE = f"GET https://api.shop.example/v1/orders/17\nAuthorization: {TOKEN}\n\n"
TICKET = f"{BARE}HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer\n"


def first_cause(report):
    return report["exchanges"][0]["causes"][0]


def test_a_ticket_has_its_cause_and_no_token():
    report = why401.diagnose(TICKET)
    assert report["version"] == 1
    assert (first_cause(report)["id"], first_cause(report)["verdict"]) == ("missing-bearer-prefix", "likely")
    assert TOKEN[:6] not in str(report)


def test_bytes_are_read_as_a_file_is():
    assert why401.diagnose(TICKET.encode("utf-16")) == why401.diagnose(TICKET)


def test_options_are_those_of_the_program():
    assert why401.diagnose(BARE, status=401)["exchanges"][0]["response"]["status"] == 401
    assert why401.diagnose(TICKET, format="ticket", now="2026-03-01T10:00:00Z", asid="200000001234")["exchanges"]
    assert "shop" not in str(why401.diagnose(TICKET, mask=["shop"]))


def test_a_text_without_a_request_is_no_error():
    for text in ("Thank you, it works now.", "--help"):
        assert all(exchange["outcome"] == "no-answer" for exchange in why401.diagnose(text)["exchanges"])


def test_what_cannot_be_used_is_said_without_the_token():
    for call in (
        lambda: why401.diagnose(""),
        lambda: why401.diagnose(TICKET, format=TOKEN),
        lambda: why401.diagnose(TICKET, rules=["no-such-folder"]),
        lambda: why401.redact(TICKET, also=["everything"]),
    ):
        with pytest.raises(why401.Why401Error) as error:
            call()
        assert "error" in str(error.value) and TOKEN[:6] not in str(error.value)


def test_a_word_that_looks_like_an_option_is_a_word():
    assert why401.redact(TICKET, mask=["--help"]) == why401.redact(TICKET)


@pytest.mark.parametrize("text", ["", "\n", "é\r\n\u2028\U0001f600", f"a\r\nAuthorization: Bearer {TOKEN}\r\n\té\n"])
def test_redact_changes_nothing_but_credentials(text):
    masked = why401.redact(text)
    if TOKEN in text:
        before, after = text.split(TOKEN)
        assert masked.startswith(before) and masked.endswith(after) and TOKEN[:6] not in masked
    else:
        assert masked == text


def test_a_large_text_does_not_block():
    text = TICKET + '10:15:42 INFO "GET /v1/orders/17 HTTP/1.1" 200 from 10.0.0.7 in 12 ms\n' * 20_000
    assert TOKEN[:6] not in why401.redact(text, timeout=60)


def test_time_is_limited():
    with pytest.raises(subprocess.TimeoutExpired):
        why401.diagnose(TICKET * 200, timeout=0.001)


def test_the_versions_are_the_same():
    assert why401.version() == installed("why401")
    ran = subprocess.run([sys.executable, "-m", "why401", "--version"], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith(f"why401 {why401.version()};")


def test_the_example_of_the_module():
    assert doctest.testmod(why401).failed == 0
