/** From a `BotReply` to what Teams understands. */
import type { BotReply } from '../workflows/turn.ts';
import { renderCard, type AdaptiveCard, type RenderOptions } from './render.ts';

const cardType = 'application/vnd.microsoft.card.adaptive';

export type MessageActivity =
  | { type: 'message'; text: string; textFormat: 'plain' }
  | { type: 'message'; summary: string; attachments: { contentType: typeof cardType; content: AdaptiveCard }[] };

/** The message to send, or null when there is nothing to say. */
export function toMessage(reply: BotReply, options: RenderOptions): MessageActivity | null {
  switch (reply.kind) {
    case 'card':
      return {
        type: 'message',
        // Teams shows this in the notification, so that it needs no guess from the card's own text.
        summary: reply.card.summary,
        attachments: [{ contentType: cardType, content: renderCard(reply.card, options) }],
      };
    case 'text':
      return { type: 'message', text: reply.text, textFormat: 'plain' };
    case 'nothing':
      return null;
  }
}

/** The body of the answer to a pressed button; its HTTP status is always 200, for Teams shows nothing otherwise. */
export type InvokeBody =
  | { statusCode: 200; type: typeof cardType; value: AdaptiveCard }
  | { statusCode: 200; type: 'application/vnd.microsoft.activity.message'; value: string }
  | { statusCode: 500; type: 'application/vnd.microsoft.error'; value: { code: string; message: string } };

export function toInvokeBody(reply: BotReply, options: RenderOptions): InvokeBody {
  if (reply.kind === 'card') return { statusCode: 200, type: cardType, value: renderCard(reply.card, options) };
  const value = reply.kind === 'text' ? reply.text : '';
  return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value };
}

export const toInvokeError = (code: string, message: string): InvokeBody => ({
  statusCode: 500,
  type: 'application/vnd.microsoft.error',
  value: { code, message },
});
