import asyncio, json, logging, os, aiohttp
logging.basicConfig(level=logging.DEBUG)
log = logging.getLogger("trace")
async def start(session, context, params): log.info("start %s", params)
async def end(session, context, params): log.info("end %s", params)
async def main():
    trace = aiohttp.TraceConfig(); trace.on_request_start.append(start); trace.on_request_end.append(end)
    async with aiohttp.ClientSession(trace_configs=[trace]) as session:
        async with session.get(os.environ["URL_"], headers=json.loads(os.environ["FIELDS"])) as r:
            print(r); print(r.request_info); print(await r.text())
            r.raise_for_status()
asyncio.run(main())
