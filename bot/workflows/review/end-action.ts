/** Ending an action: done, or dropped with a reason. */
import { z } from 'zod';
import { type DropReason, dropReasons } from '../../domain/review/outcomes.ts';
import { endActions, findAction, lockAction, type ReviewAction } from '../../store/review-actions.ts';
import { sharedWords } from '../../text/shared.ts';
import { act, type Change, parsePress, stampSchema } from '../act.ts';
import type { Turn } from '../context.ts';
import { when } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { mayRead } from './actions-card.ts';
import { showListed } from './actions-list.ts';
import { actionsWords } from './actions-words.ts';
import { residentLine } from './present.ts';
import { shelterSubject } from './shelter.ts';
import { reviewWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const ending = z.looseObject({ ...stampSchema.shape, actionId: z.uuid() });
type Ending = z.infer<typeof ending>;

interface OnAction {
  readonly action: ReviewAction;
  /** Its owner and the caseworker need no right to the shelter. */
  readonly own: boolean;
}

/** `reasonOf` reads why it is dropped: null for done, undefined when nobody has said. */
const endAction = (
  operation: string,
  reasonOf: (input: Ending) => DropReason | null | undefined,
): Change<Ending, OnAction, ReviewAction> => ({
  operation,
  purpose: 'review',
  input: ending,
  lock: async (tx, { actionId }, { actor }) => {
    const action = await lockAction(tx, actionId);
    return action && { action, own: [action.owner.id, action.caseworkerId].includes(actor.staffId) };
  },
  right: ({ action, own }) => (own ? null : { action: 'review.take-part', subject: shelterSubject(action.shelter) }),
  last: ({ action: { endedAt, endedBy, createdAt } }) => ({
    version: endedAt === null ? 0 : -1,
    by: endedBy,
    at: endedAt ?? createdAt,
  }),
  async apply({ tx, input, subject: { action }, turn }) {
    const dropReason = reasonOf(input);
    if (dropReason === undefined) return { kind: 'invalid', problems: { [reasonField(action.id)]: 'reason' } };
    await endActions(tx, action.referralId, [action.id], { dropReason, by: turn.actor.staffId, at: turn.now });
    return {
      kind: 'done',
      result: action,
      logged: { action: 'change', citizenId: action.citizen.id, referralId: action.referralId },
      tellings: [],
    };
  },
});

const reasonField = (actionId: string) => `reason_${actionId}`;

const actionDone = endAction('review.action-done', () => null);
const actionDropped = endAction('review.action-drop', (input) => {
  const chosen = z.enum(dropReasons).safeParse(input[reasonField(input.actionId)]);
  return chosen.success ? chosen.data : undefined;
});

const pressed =
  (change: Change<Ending, OnAction, ReviewAction>, said: 'isDone' | 'isDropped') =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const result = await act(turn, change, data);
    const words = actionsWords[turn.locale];
    const list = (showing: Parameters<typeof showListed>[3]) => showListed(turn, data, change.operation, showing);
    switch (result.kind) {
      case 'done':
        return list({ banner: words[said](textFor(result.result, turn)) });
      case 'invalid': {
        const { reason } = sharedWords[turn.locale].problems;
        return list({ problems: Object.fromEntries(Object.keys(result.problems).map((name) => [name, reason])) });
      }
      case 'stale':
        return list({ banner: await endedText(turn, parsePress(ending, data, change.operation).actionId) });
      case 'repeat':
        return list({});
      case 'refused':
      case 'gone':
        return { kind: 'text', text: words.refused };
    }
  };

const textFor = (action: ReviewAction, turn: Turn): string =>
  mayRead(action, turn) ? action.text : residentLine(action, turn);

/** Who has ended it, when and how. */
async function endedText(turn: Turn, actionId: string): Promise<string> {
  const action = await findAction(turn.deps.db, actionId);
  if (!action?.endedAt) return '';
  const words = actionsWords[turn.locale];
  const [by, at] = [action.endedBy ?? '', when(action.endedAt, turn)];
  return action.dropReason === null
    ? words.doneAlready(by, at)
    : words.droppedAlready(by, at, reviewWords[turn.locale].dropReasons[action.dropReason]);
}

export const actionDonePressed = pressed(actionDone, 'isDone');
export const actionDroppedPressed = pressed(actionDropped, 'isDropped');
