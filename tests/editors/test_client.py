"""`why401 lsp` with a real client (pytest-lsp). Run by tests/editors/run.sh, which sets WHY401."""

import asyncio
import os
import time

import pytest_lsp
from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient

TOKEN = "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"
BARE = (
    "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n"
    f"Authorization: {TOKEN}\nAccept: */*\n\n"
)
FILES = {
    "a.http": BARE,
    "a.curl": f"curl -H 'Authorization: {TOKEN}' https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n",
    "a.txt": f"We get a 401.\n\n{BARE}\nHTTP/1.1 401 Unauthorized\n",
    "a.log": f"> GET /referrals/FHIR/R4/PractitionerRole HTTP/1.1\n> Host: int.api.service.nhs.uk\n> Authorization: {TOKEN}\n>\n"
    "< HTTP/1.1 401 Unauthorized\n<\n",
    "a.har": '{"log":{"version":"1.2","entries":[{"request":{"method":"GET","url":'
    '"https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole","headers":[{"name":"Authorization","value":'
    f'"{TOKEN}"}}]}},"response":{{"status":401,"headers":[],"content":{{}}}}}}]}}}}',
}


@pytest_lsp.fixture(config=ClientServerConfig(server_command=[os.environ["WHY401"], "lsp"]))
async def client(lsp_client: LanguageClient):
    await lsp_client.initialize_session(types.InitializeParams(capabilities=types.ClientCapabilities()))
    yield
    await lsp_client.shutdown_session()


def opened(client, name, text):
    uri = f"file:///project/{name}"
    item = types.TextDocumentItem(uri=uri, language_id="http", version=1, text=text)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text_document=item))
    return uri


async def findings(client, uri, ready):
    # The client says that a notification came before it has put it into its table: look again and again.
    end = time.monotonic() + 240
    while not ready(client.diagnostics.get(uri, [])):
        assert time.monotonic() < end, client.diagnostics.get(uri)
        await asyncio.sleep(0.05)
    return client.diagnostics.get(uri, [])


async def test_every_kind_of_file(client: LanguageClient):
    for name, text in FILES.items():
        uri = opened(client, name, text)
        found = await findings(client, uri, lambda all: len(all) > 0)
        assert found[0].code == "missing-bearer-prefix", name
        assert found[0].code_description.href.startswith("https://"), name
        line = text.splitlines()[found[0].range.start.line]
        assert line[found[0].range.start.character :].startswith(TOKEN), name
        asked = types.CodeActionParams(
            text_document=types.TextDocumentIdentifier(uri=uri),
            range=found[0].range,
            context=types.CodeActionContext(diagnostics=[found[0]]),
        )
        actions = await client.text_document_code_action_async(asked)
        edits = [edit.new_text for edit in actions[0].edit.changes[uri]]
        assert "Bearer " in edits and not any(TOKEN[:6] in edit for edit in edits), name
        hover = await client.text_document_hover_async(
            types.HoverParams(text_document=types.TextDocumentIdentifier(uri=uri), position=found[0].range.start)
        )
        assert "missing-bearer-prefix" in hover.contents.value, name


async def test_an_edit_takes_the_finding_away(client: LanguageClient):
    uri = opened(client, "b.http", BARE)
    await findings(client, uri, lambda all: len(all) > 0)
    place = types.Position(line=1, character=15)
    change = types.TextDocumentContentChangePartial(range=types.Range(start=place, end=place), text="Bearer ")
    client.text_document_did_change(
        types.DidChangeTextDocumentParams(
            text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=2), content_changes=[change]
        )
    )
    await findings(client, uri, lambda all: not all)


async def test_a_large_file_does_not_hold_up_edits(client: LanguageClient):
    """5 MB: a hundred edits are taken, pages come at once, and the findings of the newest version are published."""
    line = '10:15:42 INFO "GET /v1/orders/17 HTTP/1.1" 200 from 10.0.0.7 in 12 ms\n'
    uri = opened(client, "large.log", FILES["a.log"] + line * (5_000_000 // len(line)))
    begin = time.monotonic()
    await findings(client, uri, lambda all: len(all) > 0)
    first = time.monotonic() - begin
    begin = time.monotonic()
    place = types.Position(line=0, character=0)
    for version in range(2, 102):
        change = types.TextDocumentContentChangePartial(range=types.Range(start=place, end=place), text="#\n")
        client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                text_document=types.VersionedTextDocumentIdentifier(uri=uri, version=version), content_changes=[change]
            )
        )
    sent = time.monotonic() - begin
    # While that is diagnosed, pages come from the version before, in their new places: sooner than the new findings.
    waits = []
    for _ in range(20):
        asked = time.monotonic()
        hover = await client.text_document_hover_async(
            types.HoverParams(
                text_document=types.TextDocumentIdentifier(uri=uri), position=types.Position(line=102, character=20)
            )
        )
        waits.append(time.monotonic() - asked)
        assert "missing-bearer-prefix" in hover.contents.value and hover.range.start.line == 102
    assert client.diagnostics[uri][0].range.start.line == 2, "the pages waited for the diagnosis"
    found = await findings(client, uri, lambda all: len(all) > 0 and all[0].range.start.line == 102)
    print(
        f"first findings after {first:.1f} s; 100 edits sent in {sent:.2f} s, then pages after {max(waits) * 1000:.0f} ms at most, "
        f"findings of the last edit after {time.monotonic() - begin:.1f} s"
    )
    assert found[0].code == "missing-bearer-prefix"
