/** The card of a dwelling: its facts, and for those who keep the stock what they may change. */
import { z } from 'zod';
import { mayShow } from '../../domain/access.ts';
import { parseForm } from '../../domain/referral/form.ts';
import { areaTypes, schemes } from '../../domain/schemes.ts';
import { logAccess } from '../../store/access-log.ts';
import { type CaseFile, findCase } from '../../store/cases.ts';
import { dwellingAt } from '../../store/dwelling-changes.ts';
import { type Dwelling, findDwelling, isFree } from '../../store/dwellings.ts';
import { stateRates } from '../../store/rates.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { accessSubject } from '../referral/case.ts';
import { factSchema } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { areaForm, datesForm, placeIn, rentForm, withdrawReasons } from './change.ts';
import { choicesOf, factFields, factsForm, inputsOf, type Problems, problemsInWords, type Typed } from './form.ts';
import { factsOf, warningsOf } from './dwelling-facts.ts';
import { placeLine } from './present.ts';
import { forThoseWho, type HomeRights } from './rights.ts';
import { homeWords } from './words.ts';

const form = { ...rentForm, ...datesForm, ...factsForm, ...areaForm };
const fields = Object.keys(form) as (keyof typeof form)[];
const factWords = pickWords({ da: homeWords.da.register, en: homeWords.en.register }, ...factFields);
const choices = z.array(z.strictObject({ title: z.string(), value: z.string() }));

const dwellingType = defineCard({
  template: 'homes/dwelling',
  data: z.strictObject({
    title: z.string(),
    subtitle: z.string(),
    banner: z.string(),
    warnings: z.array(z.strictObject({ text: z.string() })),
    facts: z.array(factSchema),
    /** The case that it is offered to or let in, where the reader may see it. */
    caseId: z.string(),
    /** The dwelling that has the address already, when that is what is wrong. */
    existing: z.string(),
    input: z.strictObject(
      Object.fromEntries(fields.map((name) => [name, z.string()])) as Record<keyof typeof form, z.ZodString>,
    ),
    schemes: choices,
    areaTypes: choices,
    reasons: choices,
    mayMatch: z.boolean(),
    /** Whether the reader keeps the stock, and may change this dwelling; one withdrawn may only be taken in again. */
    mayKeep: z.boolean(),
    mayChange: z.boolean(),
    mayDate: z.boolean(),
    mayWithdraw: z.boolean(),
  }),
  words: pickWords(
    { da: { ...homeWords.da.card, ...factWords.da }, en: { ...homeWords.en.card, ...factWords.en } },
    ...factFields,
    'seeCase',
    'who',
    'newRent',
    'rentDay',
    'rentAmount',
    'dates',
    'vacantFrom',
    'answerDue',
    'facts',
    'openOther',
    'area',
    'areaIntro',
    'areaType',
    'areaFrom',
    'areaTo',
    'areaSource',
    'withdraw',
    'takeBack',
    'save',
    'confirmWithdraw',
  ),
  inputs: [...fields, 'reason_withdraw'],
});

export interface DwellingShowing {
  readonly banner?: string;
  readonly typed?: Typed;
  readonly problems?: Problems;
}

export async function showDwelling(turn: Turn, id: string, showing: DwellingShowing = {}): Promise<BotReply> {
  return forThoseWho('see', turn, async (rights) => {
    const dwelling = await findDwelling(turn.deps.prisma, id);
    if (!dwelling) return { kind: 'text', text: homeWords[turn.locale].gone };
    return dwellingCard(turn, dwelling, rights, await caseOf(turn, dwelling), showing);
  });
}

/** The case that has the dwelling, if this person may see it; that they were shown it is logged. */
async function caseOf(turn: Turn, { offer, lease }: Dwelling): Promise<CaseFile | null> {
  const caseId = lease?.caseId ?? offer?.caseId;
  const file = caseId ? await findCase(turn.deps.prisma, caseId) : null;
  if (!file || !mayShow(turn.audience, accessSubject(file)).number) return null;
  await logAccess(turn.deps.prisma, [
    {
      at: turn.now,
      staffId: turn.actor.staffId,
      action: 'read',
      purpose: 'casework',
      operation: 'homes.see',
      citizenId: file.citizen.id,
      referralId: file.id,
    },
  ]);
  return file;
}

/** The dwelling that stands at the address that was typed, when that is what was wrong with it. */
async function otherAt({ deps }: Turn, dwelling: Dwelling, { typed = {}, problems = {} }: DwellingShowing) {
  if (problems['address'] !== 'addressTaken') return null;
  const parsed = parseForm(factsForm, typed);
  return parsed.ok ? dwellingAt(deps.prisma, placeIn(dwelling, parsed.answers), dwelling.id) : null;
}

async function dwellingCard(
  turn: Turn,
  dwelling: Dwelling,
  rights: HomeRights,
  file: CaseFile | null,
  showing: DwellingShowing,
): Promise<BotReply> {
  const { locale } = turn;
  const { banner = '', typed = {}, problems = {} } = showing;
  const words = homeWords[locale];
  const { id, version, withdrawnAt, offer, lease, vacantFrom, answerDueOn, depositOere: deposit } = dwelling;
  const taken = offer !== null || lease !== null;
  const days = { vacantFrom: vacantFrom?.toString(), answerDueOn: answerDueOn?.toString() };
  const stored = { ...dwelling, ...days, deposit };
  const errors = problemsInWords(problems, locale);
  // An error inside a folded part of the card is said on top as well.
  const [first] = Object.values(errors);
  return {
    kind: 'card',
    card: show(dwellingType, locale, {
      data: {
        title: dwelling.address,
        subtitle: placeLine(dwelling),
        banner,
        warnings: warningsOf(turn, dwelling).map((text) => ({ text })),
        facts: factsOf(turn, dwelling, file?.number ?? null, await stateRates(turn.deps.prisma)),
        caseId: file?.id ?? '',
        existing: (await otherAt(turn, dwelling, showing))?.id ?? '',
        input: inputsOf(form, { ...stored, ...typed }),
        schemes: choicesOf(schemes, words.schemes),
        areaTypes: choicesOf(areaTypes, words.areas),
        reasons: choicesOf(withdrawReasons, words.reasons),
        mayMatch: isFree(dwelling),
        mayKeep: rights.manage,
        mayChange: rights.manage && !withdrawnAt,
        mayDate: rights.manage && !withdrawnAt && !lease,
        mayWithdraw: rights.manage && !withdrawnAt && !taken,
      },
      summary: words.back,
      errors: first === undefined ? {} : { ...errors, '': first },
      stamp: { dwellingId: id, version },
    }),
  };
}
