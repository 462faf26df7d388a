/** From what the channel sends to our own `BotEvent`. Checked here, before the SDK sees it: the SDK answers 500 to a malformed activity. */
import { z } from 'zod';
import type { BotEvent, Place, Sender } from '../workflows/turn.ts';

const accountSchema = z.looseObject({
  id: z.string().min(1),
  /** Anything that is no id counts as none: the sender is then unknown, and refused by the core. */
  aadObjectId: z.guid().toLowerCase().optional().catch(undefined),
});

const activitySchema = z.looseObject({
  type: z.string().min(1),
  id: z.string().optional(),
  name: z.string().optional(),
  action: z.string().optional(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.string().optional().catch(undefined),
  channelId: z.string().min(1),
  /** Checked in admission.ts, after the token. */
  serviceUrl: z.string().optional(),
  from: accountSchema,
  recipient: accountSchema,
  conversation: z.looseObject({
    id: z.string().min(1),
    conversationType: z.string().nullish(),
    tenantId: z.string().nullish(),
  }),
  channelData: z
    .looseObject({ tenant: z.looseObject({ id: z.string().nullish() }).nullish() })
    .nullish()
    .catch(undefined),
  membersAdded: z.array(z.looseObject({ id: z.string() })).nullish(),
  deliveryMode: z.string().nullish(),
});
export type InboundActivity = z.infer<typeof activitySchema>;

const dataSchema = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((data) => data ?? {});

const executeSchema = z.looseObject({
  action: z.looseObject({ type: z.literal('Action.Execute'), verb: z.string().min(1), data: dataSchema }),
  trigger: z.enum(['manual', 'automatic']).catch('manual'),
});

/** A card's `Action.Submit` fallback, on clients too old for `Action.Execute`. */
const submitSchema = z.looseObject({ verb: z.string().min(1) });

export const isCardAction = (activity: InboundActivity): boolean =>
  activity.type === 'invoke' && activity.name === 'adaptiveCard/action';

/** The activity, or null when it is malformed. */
export function parseActivity(body: unknown): InboundActivity | null {
  const activity = activitySchema.safeParse(body);
  if (!activity.success) return null;
  if (isCardAction(activity.data) && !executeSchema.safeParse(activity.data.value).success) return null;
  return activity.data;
}

/** Every tenant the activity names; the two places ought to agree. */
export function tenantsOf(activity: InboundActivity): string[] {
  const named = [activity.conversation.tenantId, activity.channelData?.tenant?.id];
  return [...new Set(named.filter((id) => typeof id === 'string' && id !== '').map((id) => id!.toLowerCase()))];
}

/** The text without mentions of the bot (or of anybody), as the user meant it. */
export function plainText(text: string): string {
  return text
    .replace(/<at\b[^<>]*>[^<]*<\/at>/gi, ' ')
    .replace(/&nbsp;|\u00a0/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .trim();
}

function senderOf(activity: InboundActivity): Sender {
  const { id, aadObjectId } = activity.from;
  return aadObjectId === undefined ? { userId: id } : { userId: id, aadObjectId };
}

function kindOf(conversationType: string | null | undefined): Place['kind'] {
  if (conversationType === 'channel') return 'channel';
  // A kind we do not know, or none, may have other readers, so it counts as a group.
  return conversationType === 'personal' ? 'personal' : 'group';
}

function placeOf(activity: InboundActivity): Place {
  const tenantId = tenantsOf(activity)[0];
  return {
    kind: kindOf(activity.conversation.conversationType),
    conversationId: activity.conversation.id,
    serviceUrl: activity.serviceUrl ?? '',
    botId: activity.recipient.id,
    channelId: activity.channelId,
    ...(tenantId === undefined ? {} : { tenantId }),
    ...(activity.locale === undefined ? {} : { locale: activity.locale }),
  };
}

const joins = (activity: InboundActivity): boolean =>
  (activity.type === 'installationUpdate' && activity.action === 'add') ||
  (activity.type === 'conversationUpdate' &&
    (activity.membersAdded ?? []).some((member) => member.id === activity.recipient.id));

/** What happened, or null when it is nothing that the bot answers. */
export function toEvent(activity: InboundActivity): BotEvent | null {
  const from = { sender: senderOf(activity), place: placeOf(activity) };
  if (isCardAction(activity)) {
    const { action, trigger } = executeSchema.parse(activity.value);
    return { kind: 'action', verb: action.verb, data: action.data, trigger, ...from };
  }
  if (activity.type === 'message') {
    const text = plainText(activity.text ?? '');
    const submitted = submitSchema.safeParse(activity.value);
    if (text === '' && submitted.success) {
      const { verb, ...data } = submitted.data;
      return { kind: 'action', verb, data, trigger: 'manual', ...from };
    }
    return { kind: 'message', text, ...from };
  }
  return joins(activity) ? { kind: 'joined', ...from } : null;
}
