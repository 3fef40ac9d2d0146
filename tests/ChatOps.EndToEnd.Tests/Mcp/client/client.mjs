// Drives the SDK's client by the lines of standard input: one JSON step a line, one JSON answer a line.
//   node client.mjs stdio COMMAND ARGUMENT…        node client.mjs http URL   (the token is in MCP_TOKEN)
// Steps: {"do":"list"}, {"do":"call","name":…,"arguments":…,"as":ID}, {"do":"cancel","as":ID}, {"do":"close"}.
// A call is answered when it has ended; several may be under way.
import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

const [kind, target, ...rest] = process.argv.slice(2);
const transport = kind === 'stdio'
  ? new StdioClientTransport({ command: target, args: rest, env: process.env, stderr: 'inherit' })
  : new StreamableHTTPClientTransport(new URL(target), { requestInit: { headers: { Authorization: `Bearer ${process.env.MCP_TOKEN}` } } });
const client = new Client({ name: 'chatops-tests', version: '1.0.0' });
const say = (answer) => process.stdout.write(JSON.stringify(answer) + '\n');
const running = new Map();

client.setNotificationHandler(ToolListChangedNotificationSchema, () => say({ told: 'tools' }));
try {
  await client.connect(transport);
  say({ as: 'connect', server: client.getServerVersion(), instructions: client.getInstructions() });
} catch (e) {
  say({ as: 'connect', error: String(e.message ?? e) });
  process.exit(1);
}

async function call(step) {
  const stop = new AbortController();
  running.set(step.as, stop);
  try {
    const result = await client.callTool({ name: step.name, arguments: step.arguments }, undefined,
      { signal: stop.signal, timeout: 120000, onprogress: (p) => say({ progress: step.as, message: p.message }) });
    say({ as: step.as, result });
  } catch (e) {
    say({ as: step.as, error: String(e.message ?? e) });
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const step = JSON.parse(line);
  if (step.do === 'list') client.listTools().then((r) => say({ as: step.as, tools: r.tools }), (e) => say({ as: step.as, error: String(e.message) }));
  else if (step.do === 'call') call(step);
  else if (step.do === 'cancel') running.get(step.as)?.abort('enough');
  else break;
}

await client.close();
say({ as: 'close' });
