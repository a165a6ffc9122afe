"""Calls every tool of `why401 mcp` with the official Python client (`mcp` of PyPI), which checks results against their schemas.

Usage: client.py WHY401
"""

import asyncio
import pathlib
import sys
import time
from importlib.metadata import version

import mcp
from mcp.client.stdio import StdioServerParameters, stdio_client

ROOT = pathlib.Path(__file__).resolve().parents[2]
TOKEN = "4kQeTz8hWq2LrVn0XyPs7BdUcGfJ"
TICKET = (
    "GET https://int.api.service.nhs.uk/referrals/FHIR/R4/PractitionerRole\n"
    f"Authorization: {TOKEN}\n\nHTTP/1.1 401 Unauthorized\n"
)


def field(value, *names):
    """The first of these attributes that there is: their case differs between versions of the client."""
    return next(getattr(value, name) for name in names if hasattr(value, name))


async def main(program: str) -> None:
    parameters = StdioServerParameters(command=program, args=["mcp"], cwd=str(ROOT))
    async with stdio_client(parameters) as streams, mcp.ClientSession(*streams[:2]) as session:
        begun = await session.initialize()
        spoken = field(begun, "protocolVersion", "protocol_version")
        print(f"client mcp {version('mcp')}, protocol {spoken}")
        tools = (await session.list_tools()).tools
        print("tools:", ", ".join(tool.name for tool in tools))
        assert all(field(tool, "outputSchema", "output_schema") for tool in tools)

        async def call(name, **arguments):
            result = await session.call_tool(name, arguments)
            assert TOKEN[:6] not in result.model_dump_json(), name
            assert not field(result, "isError", "is_error"), result
            return field(result, "structuredContent", "structured_content")

        found = await call("diagnose", text=TICKET)
        cause = found["requests"][0]["causes"][0]
        assert (cause["id"], cause["verdict"]) == ("missing-bearer-prefix", "confirmed"), found
        print("diagnose:", cause["verdict"], cause["id"])
        found = await call("diagnose", path="examples/ticket.txt", detail="full")
        assert found["report"]["exchanges"], found
        found = await call("diagnose", text="GET https://api.shop.example/orders/17\n\nHTTP/1.1 401 Unauthorized\n")
        print("fetch:", found["fetch"]["how"])
        found = await call("explain", cause="token-expired", detail="full")
        print("explain:", found["title"])
        found = await call("redact", text=TICKET)
        print("redact:", found["masked"], "masked")
        found = await call("product_set", text="ASID 200000001234\nA005\nA042\n")
        print("product_set:", found["asids"][0]["endpoints"])
        good = TICKET.replace("Authorization: ", "Authorization: Bearer ").replace("401 Unauthorized", "200 OK")
        found = await call("compare", working={"text": good}, failing={"text": TICKET})
        print("compare:", [difference["fact"] for difference in found["differences"]])
        wrong = await session.call_tool("diagnose", {"path": "/etc/passwd"})
        assert field(wrong, "isError", "is_error")
        print("a file outside of the folder:", wrong.content[0].text)


async def cancelled(program: str) -> None:
    """A call that the client gives up: the server answers the next one, and never that one."""
    parameters = StdioServerParameters(command=program, args=["mcp"], cwd=str(ROOT))
    async with stdio_client(parameters) as streams, mcp.ClientSession(*streams[:2]) as session:
        await session.initialize()
        line = "10:15:42 INFO \"GET /v1/orders/17 HTTP/1.1\" 401 from 10.0.0.7 in 12 ms\n"
        long = asyncio.create_task(session.call_tool("diagnose", {"text": line * 20_000}))
        waiting = asyncio.create_task(session.call_tool("redact", {"text": line * 20_000}))
        await asyncio.sleep(0.3)
        begin = time.monotonic()
        await session.send_ping()
        ping = time.monotonic() - begin
        assert not long.done(), "it was too short to be cancelled"
        # This client tells the server so.
        for call in (long, waiting):
            call.cancel()
        begin = time.monotonic()
        result = await session.call_tool("redact", {"text": TICKET})
        assert field(result, "structuredContent", "structured_content")["masked"] == 1
        print(f"cancelled: ping after {ping * 1000:.0f} ms during a call, the next answer {time.monotonic() - begin:.1f} s later")
        assert long.cancelled() and waiting.cancelled()


asyncio.run(main(sys.argv[1]))
asyncio.run(cancelled(sys.argv[1]))
print("ok")
