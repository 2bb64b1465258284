"""The official client of Python speaks to the server: with a handshake, and in its newest version. Prints `ok` and what was tried."""

import os

import anyio
import mcp
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

GRAPH = os.environ["GRAPH"]
SERVER = StdioServerParameters(command=os.environ["DEMARCHE"], args=["-g", GRAPH, "mcp"])


def told(result):
    assert not result.is_error, result
    assert result.structured_content
    return result.content[0].text


async def handshake():
    async with stdio_client(SERVER) as (reads, writes), ClientSession(reads, writes) as session:
        begun = await session.initialize()
        assert begun.protocol_version >= "2025-11-25" and begun.server_info.name == "demarche", begun
        tools = {tool.name: tool for tool in (await session.list_tools()).tools}
        assert len(tools) == 19, tools.keys()
        for tool in tools.values():
            assert tool.annotations.read_only_hint and tool.annotations.open_world_hint is False
        # The client checks each answer against the schema of its tool.
        for name, arguments in [
            ("list", {}),
            ("show", {"name": "depth"}),
            ("positions", {"all": True}),
            ("compare", {"actors": ["aldmar", "carrow"]}),
            ("evidence", {}),
            ("evidence", {"exclude_source": ["ledger"]}),
            ("camps", {}),
            ("matrix", {}),
            ("timeline", {"limit": 3}),
            ("read_source", {"source": "memorandum"}),
            ("draft", {"source": "memorandum"}),
            ("check", {}),
            ("propose", {"records": {"stances": [{"actor": ["aldmar"], "issue": "quay", "position": "Supports", "source": ["memorandum"], "quote": "nowhere said"}]}}),
        ]:
            told(await session.call_tool(name, arguments))
        wrong = await session.call_tool("show", {"name": "dephts"})
        assert wrong.is_error and "did you mean `depth`" in wrong.content[0].text, wrong
        prompts = [prompt.name for prompt in (await session.list_prompts()).prompts]
        assert prompts == ["code_article", "brief_me", "what_changed", "challenge"], prompts
        prompt = await session.get_prompt("brief_me", {"name": "aldmar"})
        assert "aldmar" in prompt.messages[0].content.text
        resources = [str(resource.uri) for resource in (await session.list_resources()).resources]
        assert "demarche://text/memorandum" in resources, resources
        for uri in resources:
            assert (await session.read_resource(uri)).contents[0].text
        await session.send_ping()
        print("ok handshake", begun.protocol_version)


async def newest():
    async with mcp.Client(SERVER) as client:
        assert len((await client.list_tools()).tools) == 19
        told(await client.call_tool("show", {"name": "depth"}))
        assert (await client.read_resource("demarche://graph")).contents[0].text
        print("ok newest", client.protocol_version)


anyio.run(handshake)
if hasattr(mcp, "Client"):
    anyio.run(newest)
