/**
 * What the bot is measured against: botbuilder and restify with nothing of ours, answering a pressed button with a small
 * card. With `ECHO_SETTINGS` (the SDK's, as JSON) it has an app id and checks tokens.
 */
import {
  type AdaptiveCardInvokeResponse,
  ActivityHandler,
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type TurnContext,
} from 'botbuilder';
import restify, { type Request, type Response } from 'restify';

class EchoBot extends ActivityHandler {
  protected override async onAdaptiveCardInvoke(
    _context: TurnContext,
    value: { action: { verb: string } },
  ): Promise<AdaptiveCardInvokeResponse> {
    const card = {
      type: 'AdaptiveCard',
      version: '1.5',
      body: [{ type: 'TextBlock', text: `Echo: ${value.action.verb}` }],
    };
    return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: card };
  }
}

const settings = JSON.parse(process.env['ECHO_SETTINGS'] ?? '{}') as Readonly<Record<string, string>>;
const adapter = new CloudAdapter(new ConfigurationBotFrameworkAuthentication(settings));
const bot = new EchoBot();
const server = restify.createServer();
server.use(restify.plugins.bodyParser());
server.post('/api/messages', async (request: Request, response: Response) => {
  // The SDK's idea of a request allows no `undefined` where restify's has it.
  await adapter.process(request as never, response, (context) => bot.run(context));
});
server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ port: server.address().port })));
