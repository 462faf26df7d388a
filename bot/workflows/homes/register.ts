/** `ny bolig`: a dwelling is put into the stock, with its first rent. */
import { z } from 'zod';
import { kroner, optionalDate, parseForm, text } from '../../domain/referral/form.ts';
import { schemes } from '../../domain/schemes.ts';
import { Temporal } from '../../domain/time.ts';
import { farAway } from '../../domain/typed.ts';
import { addDwelling, claimAddress, dwellingAt } from '../../store/dwelling-changes.ts';
import { type Dwelling, stockPath } from '../../store/dwellings.ts';
import { act, type Applied, type Change, stampSchema } from '../act.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import {
  choicesOf,
  dayOf,
  factsForm,
  factsIn,
  inputsOf,
  oneSpace,
  postcodeProblem,
  type Problems,
  problemsInWords,
  type Typed,
} from './form.ts';
import { forThoseWho, stockSubject } from './rights.ts';
import { showDwelling } from './show-dwelling.ts';
import { homeWords } from './words.ts';

const form = {
  association: text(80),
  department: text(80),
  ...factsForm,
  rent: kroner(),
  vacantFrom: optionalDate(),
  answerDueOn: optionalDate(),
};
const fields = Object.keys(form) as (keyof typeof form)[];

const registerType = defineCard({
  template: 'homes/register',
  data: z.strictObject({
    input: z.strictObject(
      Object.fromEntries(fields.map((name) => [name, z.string()])) as Record<keyof typeof form, z.ZodString>,
    ),
    schemes: z.array(z.strictObject({ title: z.string(), value: z.string() })),
    /** The dwelling that is there already, when that is what is wrong. */
    existing: z.string(),
  }),
  words: pickWords(
    { da: homeWords.da.register, en: homeWords.en.register },
    ...fields,
    'title',
    'intro',
    'submit',
    'openExisting',
  ),
  inputs: fields,
});

/** The empty card, for those who keep the stock. */
export const showRegister = (turn: Turn): Promise<BotReply> => forThoseWho('manage', turn, () => registerCard(turn));

function registerCard(turn: Turn, typed: Typed = {}, problems: Problems = {}, existing = ''): BotReply {
  const words = homeWords[turn.locale];
  return {
    kind: 'card',
    card: show(registerType, turn.locale, {
      data: { input: inputsOf(form, typed), schemes: choicesOf(schemes, words.schemes), existing },
      summary: words.register.title,
      errors: problemsInWords(problems, turn.locale),
      stamp: { version: 0 },
    }),
  };
}

const registering = z.looseObject({
  ...stampSchema.shape,
  association: z.string().max(500).default(''),
  department: z.string().max(500).default(''),
  address: z.string().max(500).default(''),
  postcode: z.string().max(500).default(''),
});
type Registering = z.infer<typeof registering>;

interface Claimed {
  /** Whatever stands at the address already. */
  readonly there: Dwelling | null;
  readonly housing: string | null;
}

const register: Change<Registering, Claimed, string> = {
  operation: 'homes.register',
  purpose: 'administration',
  input: registering,
  lock: async (tx, place) => ({ there: await claimAddress(tx, place), housing: await stockPath(tx) }),
  right: ({ housing }) => ({ action: 'home.manage', subject: stockSubject(housing) }),
  async apply({ tx, input, subject: { there }, turn }): Promise<Applied<string>> {
    const parsed = parseForm(form, input);
    const problems: Problems = {
      ...postcodeProblem(input.postcode),
      ...(parsed.ok ? {} : parsed.problems),
    };
    if (!parsed.ok || Object.keys(problems).length > 0) return { kind: 'invalid', problems };
    const { answers } = parsed;
    const vacantFrom = dayOf(answers.vacantFrom);
    const answerDueOn = dayOf(answers.answerDueOn);
    const wrong = {
      ...farAway({ vacantFrom, answerDueOn }, turn.today, 5),
      ...(answers.rent === 0 && { rent: 'rentZero' }),
      ...(there && { address: there.withdrawnAt ? 'existsWithdrawn' : 'exists' }),
    };
    if (Object.keys(wrong).length > 0) return { kind: 'invalid', problems: wrong };
    const by = { by: turn.actor.staffId, at: turn.now };
    const id = await addDwelling(
      tx,
      {
        association: oneSpace(answers.association),
        department: oneSpace(answers.department),
        ...factsIn(answers),
        vacantFrom,
        answerDueOn,
        rentOere: answers.rent,
        // What is owed for the days it has stood empty is owed at this rent.
        rentFrom: vacantFrom && Temporal.PlainDate.compare(vacantFrom, turn.today) < 0 ? vacantFrom : turn.today,
      },
      by,
    );
    return { kind: 'done', result: id, logged: { action: 'add' }, tellings: [] };
  },
};

export async function registerPressed(turn: Turn, data: Typed): Promise<BotReply> {
  const words = homeWords[turn.locale];
  const result = await act(turn, register, data);
  if (result.kind === 'done') return showDwelling(turn, result.result, { banner: words.done.registered });
  const { prisma } = turn.deps;
  if (result.kind === 'repeat' || result.kind === 'invalid') {
    const there = await dwellingAt(prisma, registering.parse(data));
    if (result.kind === 'repeat' && there) return showDwelling(turn, there.id);
    const problems = result.kind === 'invalid' ? result.problems : {};
    return registerCard(turn, data, problems, problems['address']?.startsWith('exists') ? (there?.id ?? '') : '');
  }
  return forThoseWho('manage', turn, () => registerCard(turn, data));
}
