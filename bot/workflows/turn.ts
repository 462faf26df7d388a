/**
 * A turn is data. `teams/` turns an activity into a `BotEvent`, a workflow answers with a `BotReply`, `teams/`
 * renders it. No SDK type passes here, so the host can be swapped.
 */
import { z } from 'zod';

/** Who wrote or pressed, as the token-checked activity says; the Entra object id alone decides who it is. */
export const senderSchema = z.object({
  /** Entra object id; absent for some system activities. */
  aadObjectId: z.guid().toLowerCase().optional(),
  /** The channel's own id of the user (`29:…` in Teams): needed to open a conversation. */
  userId: z.string().min(1),
});
export type Sender = z.infer<typeof senderSchema>;

/** Where it happened, and all that is needed to write there again later. */
export const placeSchema = z.object({
  kind: z.enum(['personal', 'group', 'channel']),
  conversationId: z.string().min(1),
  serviceUrl: z.url(),
  tenantId: z.string().optional(),
  botId: z.string().min(1),
  channelId: z.string().min(1),
  /** The activity's locale, such as `da-DK`. */
  locale: z.string().optional(),
});
export type Place = z.infer<typeof placeSchema>;

export type BotEvent =
  | { kind: 'message'; text: string; sender: Sender; place: Place }
  /** A pressed button: `data` holds the ids and nonce we stamped on it and the inputs; nothing in it is trusted. */
  | {
      kind: 'action';
      verb: string;
      data: Record<string, unknown>;
      sender: Sender;
      place: Place;
      trigger: 'manual' | 'automatic';
    }
  /** The bot was installed for a person, or added to a conversation. */
  | { kind: 'joined'; sender: Sender; place: Place };

/**
 * A card to show: `template` names a file below `cards/` (without `.json`), `data` and `words` are all that its
 * `${…}` may name (`${caseNumber}`, `${words.title}`). Every value is already formatted text, a number, a boolean or a list of such.
 */
export interface CardView {
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly words: Readonly<Record<string, unknown>>;
  /** One line without person data: the notification preview and the card's `fallbackText`. */
  readonly summary: string;
  /** What went wrong, by input id; shown under the input. The key `''` is the card as a whole. */
  readonly errors?: Readonly<Record<string, string>>;
  /** What every button of the card carries besides its own data: ids, version, nonce. Never the record itself. */
  readonly stamp?: Readonly<Record<string, string | number>>;
}

export type BotReply = { kind: 'card'; card: CardView } | { kind: 'text'; text: string } | { kind: 'nothing' };

export interface SentMessage {
  /** The connector's id of the message. */
  readonly activityId: string;
}

/** Reaches people outside a turn. Each method resolves once the connector has answered; it never repeats by itself. */
export interface Messenger {
  /** Opens (or finds) the personal conversation with a user; resolves to its place. */
  create(to: {
    userId: string;
    tenantId: string | undefined;
    serviceUrl: string;
    botId: string;
    channelId: string;
  }): Promise<Place>;
  send(place: Place, reply: BotReply): Promise<SentMessage>;
  update(place: Place, activityId: string, reply: BotReply): Promise<void>;
}
