// The official client of JavaScript speaks to the server. Prints `ok` and the version of the protocol.
import assert from "node:assert";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.env.MCP_NODE, "x.js"));
const { Client } = require("@modelcontextprotocol/sdk/client/index.js");
const { StdioClientTransport } = require("@modelcontextprotocol/sdk/client/stdio.js");

const client = new Client({ name: "test", version: "1" });
await client.connect(new StdioClientTransport({ command: process.env.DEMARCHE, args: ["-g", process.env.GRAPH, "mcp"] }));
assert.equal(client.getServerVersion().name, "demarche");
const { tools } = await client.listTools();
assert.equal(tools.length, 19);
// The client checks each answer against the schema of its tool.
for (const [name, given] of [
  ["list", {}],
  ["show", { name: "depth" }],
  ["show", { name: "aldmar" }],
  ["positions", {}],
  ["compare", { actors: ["aldmar", "carrow"] }],
  ["common", { actors: ["aldmar", "carrow"] }],
  ["meetings", {}],
  ["path", { from: "aldmar", to: "carrow" }],
  ["history", { of: "depth" }],
  ["timeline", {}],
  ["evidence", {}],
  ["camps", {}],
  ["matrix", { why: true }],
  ["forecast", { issues: ["depth"] }],
  ["brief", { name: "carrow" }],
  ["find", { text: "quay" }],
  ["check", {}],
  ["read_source", { source: "memorandum" }],
  ["draft", { source: "memorandum" }],
  ["propose", { ron: 'facts: {"x": (text: "x", about: ["depth"], source: "memorandum", quote: "fourteen metres")}' }],
]) {
  const answer = await client.callTool({ name, arguments: given });
  assert.ok(!answer.isError && answer.structuredContent, `${name}: ${JSON.stringify(answer)}`);
}
const wrong = await client.callTool({ name: "show", arguments: { name: "dephts" } });
assert.ok(wrong.isError && wrong.content[0].text.includes("did you mean `depth`"));
await client.ping();
assert.equal((await client.listPrompts()).prompts.length, 4);
for (const { uri } of (await client.listResources()).resources) {
  assert.ok((await client.readResource({ uri })).contents[0].text);
}
await client.close();

// Its next edition speaks versions without a handshake, too.
let newest;
try {
  newest = { ...require("@modelcontextprotocol/client"), ...require("@modelcontextprotocol/client/stdio") };
} catch {
  console.log("ok, without @modelcontextprotocol/client");
}
if (newest) {
  const client = new newest.Client({ name: "test", version: "1" }, { versionNegotiation: { mode: "auto" } });
  await client.connect(new newest.StdioClientTransport({ command: process.env.DEMARCHE, args: ["-g", process.env.GRAPH, "mcp"] }));
  assert.equal((await client.listTools()).tools.length, 19);
  const shown = await client.callTool({ name: "show", arguments: { name: "depth" } });
  assert.ok(!shown.isError && shown.structuredContent);
  const version = client.getNegotiatedProtocolVersion();
  assert.ok(version >= "2026-07-28", version);
  await client.close();
  console.log(`ok ${version}`);
}
