/** A person in Teams: talks to the bot over HTTP and reads what reaches the fake connector. */
import { randomUUID } from 'node:crypto';
import type { ConnectorActivity, FakeConnector } from './connector.ts';

export interface TestClientOptions {
  /** Where the bot listens, such as `http://127.0.0.1:3978`. */
  readonly bot: string;
  readonly connector: FakeConnector;
  /** The Entra object id; none is a person without one. */
  readonly aadObjectId?: string;
  readonly userId?: string;
  readonly tenantId?: string;
  readonly botId?: string;
  readonly kind?: 'personal' | 'groupChat' | 'channel';
  /** Defaults to the conversation that the connector opens for this person. */
  readonly conversationId?: string;
  readonly locale?: string;
  /** Makes the bearer token of each request, when the bot asks for one. */
  readonly token?: () => Promise<string>;
}

export interface HttpAnswer {
  readonly status: number;
  /** The parsed JSON; undefined when there was none. */
  readonly body: unknown;
}

export interface CardAnswer {
  readonly status: number;
  /** The card, the sentence, or the error that the person sees. */
  readonly card?: Record<string, unknown>;
  readonly text?: string;
  readonly error?: { readonly code: string; readonly message: string };
}

type Json = Record<string, unknown>;

export class TestClient {
  readonly bot: string;
  readonly conversationId: string;
  readonly userId: string;
  readonly #options: TestClientOptions;

  constructor(options: TestClientOptions) {
    this.#options = options;
    this.bot = options.bot;
    this.userId = options.userId ?? `29:${options.aadObjectId ?? 'nobody'}`;
    this.conversationId = options.conversationId ?? `personal:${this.userId}`;
  }

  /** Writes to the bot; resolves to what the bot sent back in this turn. */
  async say(text: string): Promise<ConnectorActivity[]> {
    return this.#turn({ type: 'message', text, textFormat: 'plain' });
  }

  /** The bot is installed for the person; resolves to its greeting. */
  async install(): Promise<ConnectorActivity[]> {
    return this.#turn({ type: 'installationUpdate', action: 'add' });
  }

  /** An old client's `Action.Submit`; the answer comes as a message. */
  async submit(data: Json): Promise<ConnectorActivity[]> {
    return this.#turn({ type: 'message', value: data });
  }

  /** Presses a button; `inputs` are merged into its data, as Teams does. */
  async press(
    verb: string,
    data: Json = {},
    inputs: Json = {},
    trigger: 'manual' | 'automatic' = 'manual',
  ): Promise<CardAnswer> {
    const value = { action: { type: 'Action.Execute', verb, data: { ...data, ...inputs } }, trigger };
    const { status, body } = await this.post({ type: 'invoke', name: 'adaptiveCard/action', value });
    return { status, ...seen(body) };
  }

  /** Presses the card's own button with that verb, with the data stamped on it. */
  async pressOn(card: Json, verb: string, inputs: Json = {}): Promise<CardAnswer> {
    const action = actionsOf(card).find((candidate) => candidate['verb'] === verb);
    if (action === undefined) throw new Error(`The card has no button "${verb}": ${JSON.stringify(card)}`);
    return this.press(verb, (action['data'] ?? {}) as Json, inputs);
  }

  /** Posts an activity as Teams would, changed by `overrides`; for what the other methods do not do. */
  async post(overrides: Json, headers: Record<string, string> = {}): Promise<HttpAnswer> {
    const token = await this.#options.token?.();
    const response = await fetch(`${this.#options.bot}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      body: JSON.stringify(this.activity(overrides)),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  /** An activity of this person in this conversation. */
  activity(overrides: Json): Json {
    const { connector, aadObjectId, tenantId = 'tenant', botId = '28:bot', kind = 'personal', locale } = this.#options;
    return {
      id: randomUUID(),
      timestamp: new Date().toISOString(),
      channelId: 'msteams',
      serviceUrl: connector.url,
      from: { id: this.userId, ...(aadObjectId === undefined ? {} : { aadObjectId }) },
      recipient: { id: botId },
      conversation: { id: this.conversationId, conversationType: kind, tenantId },
      channelData: { tenant: { id: tenantId } },
      locale: locale ?? 'da-DK',
      ...overrides,
    };
  }

  async #turn(activity: Json): Promise<ConnectorActivity[]> {
    const id = randomUUID();
    const { status, body } = await this.post({ ...activity, id });
    if (status !== 200) throw new Error(`The bot answered ${status}: ${JSON.stringify(body)}`);
    return this.#options.connector.activities.filter((sent) => sent.replyToId === id);
  }
}

/** The card of a message that the bot sent. */
export function cardOf(message: ConnectorActivity | undefined): Json {
  const card = message?.attachments?.[0]?.content;
  if (card === undefined) throw new Error(`No card in ${JSON.stringify(message)}`);
  return card;
}

/** Every button of a card, at any depth. */
export function actionsOf(node: unknown): Json[] {
  if (Array.isArray(node)) return node.flatMap(actionsOf);
  if (typeof node !== 'object' || node === null) return [];
  const own = (node as Json)['type'];
  const inner = Object.entries(node).flatMap(([key, value]) => (key === 'data' ? [] : actionsOf(value)));
  return typeof own === 'string' && own.startsWith('Action.') ? [node as Json, ...inner] : inner;
}

function seen(body: unknown): Omit<CardAnswer, 'status'> {
  const { type, value } = (body ?? {}) as { type?: string; value?: unknown };
  switch (type) {
    case 'application/vnd.microsoft.card.adaptive':
      return { card: value as Json };
    case 'application/vnd.microsoft.activity.message':
      return { text: value as string };
    case 'application/vnd.microsoft.error':
      return { error: value as { code: string; message: string } };
    default:
      return {};
  }
}
