// The reference: Slack's own framework, as its documentation sets it up, with nothing committed before the ack.
import bolt from '@slack/bolt';

const [port, api] = process.argv.slice(2);
const app = new bolt.App({
  signingSecret: process.env.SIGNING_SECRET,
  authorize: async () => ({ botToken: 'xoxb-benchmark', botId: 'B0BENCH', botUserId: 'U0BENCH' }),
  clientOptions: { slackApiUrl: api },
  logLevel: 'error',
});
app.command('/chatops', async ({ ack }) => { await ack(); });
app.event('message', async ({ event, client }) => { await client.chat.postMessage({ channel: event.channel, text: 'done' }); });
await app.start({ port: Number(port), host: '127.0.0.1' });
console.log(`bolt is ready at http://127.0.0.1:${port}`);
