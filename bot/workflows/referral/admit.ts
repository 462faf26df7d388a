/** Admission: a citizen comes to a shelter. A readmission is a new stay on the same case, unless that closed over a year ago. */
import { z } from 'zod';
import { type Answers, optionalChoice, optionalText, parseForm, text } from '../../domain/referral/form.ts';
import { parseCpr } from '../../domain/cpr.ts';
import { legalDate, Temporal } from '../../domain/time.ts';
import { beginPass, type CaseFile, endPass, findCase, lockCase, nextOrdinal, touchCase } from '../../store/cases.ts';
import {
  addCase,
  addCitizen,
  addStay,
  type KnownCitizen,
  lockCitizenByCpr,
  relocateCase,
  type Shelter,
  sheltersBelow,
} from '../../store/citizens.ts';
import type { SealedCpr } from '../../store/cpr-vault.ts';
import type { Tx } from '../../store/database.ts';
import { type AdmissionDraft, deleteAdmissionDraft, loadAdmissionDraft } from '../../store/drafts.ts';
import { searchName } from '../../text/normalise.ts';
import { type Applied, type Applying, type Change, stampSchema } from '../act.ts';
import { reachOf } from '../../domain/access.ts';
import type { Turn } from '../context.ts';
import { openStep } from './case.ts';
import { livesInHome } from './home.ts';
import { staffOf, tellOfMove, tellOfStep, tellThoseLeft } from './tellings.ts';
import { admission, admissionFields } from './steps/admission.ts';
import { currentVersion, wayVersion } from './versions.ts';

export const noCprReasons = ['foreign_national', 'not_yet_issued', 'wont_state', 'unknown'] as const;

/** What the card asks besides the CPR number, which is no field: it is never kept as typed. */
export const admissionForm = {
  shelter: text(60),
  name: text(120),
  noCprReason: optionalChoice(noCprReasons),
  recordNumber: optionalText(40),
  ...admissionFields,
} as const;
type AdmissionForm = typeof admissionForm;

type Typed = Readonly<Record<string, unknown>>;
const trimmed = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The CPR number typed, if it can be read, and what is wrong with it; whoever has one needs no reason for having none. */
export function readCpr(typed: Typed, today: Temporal.PlainDate) {
  const number = trimmed(typed['cpr']);
  if (number === '') return { cpr: null, problems: {} };
  const read = parseCpr(number);
  if (!read.ok) return { cpr: null, problems: { cpr: read.problem === 'date' ? 'cprDate' : 'cprFormat' } };
  if (Temporal.PlainDate.compare(read.birthDate, today) > 0) return { cpr: null, problems: { cpr: 'cprDate' } };
  const problems = trimmed(typed['noCprReason']) === '' ? {} : { noCprReason: 'cprAndReason' };
  return { cpr: read.cpr, problems };
}

/**
 * The number kept in the draft where it still counts: nothing else is said of the number, and the name is the one it
 * was kept with, or the first one given. Otherwise the form has come to be about another citizen.
 */
export function keptCpr(draft: AdmissionDraft | null, typed: Typed): SealedCpr | null {
  if (!draft?.cpr || trimmed(typed['cpr']) !== '' || trimmed(typed['noCprReason']) !== '') return null;
  const keptWith = searchName(draft.input['name'] ?? '');
  return keptWith === '' || keptWith === searchName(trimmed(typed['name'])) ? draft.cpr : null;
}

const admitting = z.looseObject({
  ...stampSchema.shape,
  shelter: z.string().max(60).optional(),
  cpr: z.string().max(40).optional(),
});
type Admitting = z.infer<typeof admitting>;

export interface Admitted {
  readonly file: CaseFile;
  readonly passId: string;
  /** The stay was added to the case that the citizen had. */
  readonly readmission: boolean;
}

/** The shelters that this person may admit to. */
export const admittingShelters = (db: Tx, turn: Turn): Promise<Shelter[]> =>
  sheltersBelow(db, reachOf(turn.actor, 'case.admit').paths, turn.today);

export const admit: Change<Admitting, Shelter, Admitted> = {
  operation: 'referral.admit',
  purpose: 'admission',
  input: admitting,
  // Without a choice the first shelter stands for the right to admit; the missing choice then comes back at its field.
  lock: async (tx, { shelter }, turn) => {
    const shelters = await admittingShelters(tx, turn);
    return shelters.find(({ code }) => code === shelter) ?? (shelter ? null : (shelters[0] ?? null));
  },
  right: (shelter) => ({
    action: 'case.admit',
    subject: { caseworkerId: null, paths: { shelter: shelter.path, authority: null, housing: null } },
  }),
  async apply(applying): Promise<Applied<Admitted>> {
    const { tx, input, subject: shelter, turn, onBehalfOf } = applying;
    const judged = await judge(tx, turn, input);
    if ('problems' in judged) return { kind: 'invalid', problems: judged.problems };
    if (!shelter.authorityId) return { kind: 'invalid', problems: { shelter: 'noAuthority', '': 'noAuthority' } };
    const { answers, cpr } = judged;

    const index = cpr === null ? null : turn.deps.vault.index(cpr);
    const known = index && (await lockCitizenByCpr(tx, index));
    if (known && !sameName(known.name, answers.name)) return { kind: 'invalid', problems: { cpr: 'otherName' } };
    const done = known
      ? await readmit(applying, shelter.authorityId, known, answers)
      : await admitNew(
          applying,
          shelter.authorityId,
          answers,
          cpr === null ? null : { sealed: turn.deps.vault.seal(cpr), index: index as Uint8Array },
        );
    if ('problems' in done) return { kind: 'invalid', problems: done.problems };

    await deleteAdmissionDraft(tx, turn.actor.staffId);
    const after = await findCase(tx, done.caseId);
    if (!after) throw new Error('The case vanished within its own transaction');
    const absent = onBehalfOf?.staffId ?? null;
    // A readmission ends no pass: as a move it leaves the result of the open one to be told when there is one.
    const tellings = done.readmission
      ? await tellOfMove(tx, turn, after, ['shelter', 'caseworker'], absent ? [absent] : [])
      : await tellOfStep(tx, turn, after, { passId: done.passId, tells: [], onBehalfOfId: absent });
    return {
      kind: 'done',
      result: { file: after, passId: done.passId, readmission: done.readmission },
      logged: { action: done.readmission ? 'change' : 'add', citizenId: after.citizen.id, referralId: after.id },
      tellings: done.left ? [...tellings, ...tellThoseLeft(turn, after, done.left, tellings)] : tellings,
    };
  },
};

/** Whether a name typed can be that of the citizen known: the same, or one of them with words left out. */
function sameName(known: string, typed: string): boolean {
  const [one, other] = [searchName(known).split(' '), searchName(typed).split(' ')];
  return one.every((word) => other.includes(word)) || other.every((word) => one.includes(word));
}

type AdmissionAnswers = Answers<AdmissionForm>;
type Problems = { readonly problems: Readonly<Record<string, string>> };

async function judge(
  tx: Tx,
  turn: Turn,
  input: Admitting,
): Promise<Problems | { answers: AdmissionAnswers; cpr: string | null }> {
  const parsed = parseForm(admissionForm, input);
  const kept = keptCpr(await loadAdmissionDraft(tx, turn.actor.staffId), input);
  const typed = kept ? { ...input, cpr: turn.deps.vault.open(kept) } : input;
  const { cpr, problems: ofCpr } = readCpr(typed, turn.today);
  const problems: Record<string, string> = { ...ofCpr, ...(!parsed.ok && parsed.problems) };
  if (trimmed(typed.cpr) === '' && trimmed(input['noCprReason']) === '') problems['cpr'] = 'cprOrReason';
  if (parsed.ok) {
    const { decidedOn, municipalityToldOn } = parsed.answers as AdmissionAnswers;
    const today = turn.today.toString();
    if (decidedOn > today) problems['decidedOn'] = 'future';
    if (municipalityToldOn !== null && municipalityToldOn > today) problems['municipalityToldOn'] = 'future';
    if (municipalityToldOn !== null && municipalityToldOn < decidedOn) problems['municipalityToldOn'] = 'tooEarly';
    if (Object.keys(problems).length === 0) return { answers: parsed.answers as AdmissionAnswers, cpr };
  }
  return { problems };
}

interface Begun {
  readonly caseId: string;
  /** The pass that was ended, or that is open. */
  readonly passId: string;
  /** The case is the one that the citizen had. */
  readonly readmission: boolean;
  /** The shelter that an open case was moved from, and those who work there. */
  readonly left?: { readonly shelterId: string; readonly staffIds: readonly string[] };
}

const stayOf = ({ subject: shelter, turn }: Applying<Admitting, Shelter>, answers: AdmissionAnswers) => ({
  shelterId: shelter.id,
  decidedOn: Temporal.PlainDate.from(answers.decidedOn),
  referredFrom: answers.referredFrom,
  municipalityToldOn: answers.municipalityToldOn === null ? null : Temporal.PlainDate.from(answers.municipalityToldOn),
  by: turn.actor.staffId,
});

async function admitNew(
  applying: Applying<Admitting, Shelter>,
  unitId: string,
  answers: AdmissionAnswers,
  cpr: Parameters<typeof addCitizen>[1]['cpr'],
  known?: KnownCitizen,
): Promise<Begun> {
  const { tx, turn, subject: shelter, onBehalfOf } = applying;
  const { name, noCprReason, recordNumber } = answers;
  const citizenId = known?.id ?? (await addCitizen(tx, { name, cpr, noCprReason, recordNumber }));
  const way = currentVersion(turn.today.toString());
  const by = turn.actor.staffId;
  const { id: caseId } = await addCase(tx, {
    citizenId,
    unitId,
    shelterId: shelter.id,
    wayVersion: way.version,
    by,
    at: turn.now,
  });
  await addStay(tx, { citizenId, caseId, ...stayOf(applying, answers) });
  const { decidedOn, referredFrom, municipalityToldOn } = answers;
  const begin = { caseId, wayVersion: way.version, at: turn.now };
  const passId = await beginPass(tx, {
    ...begin,
    step: admission.definition.id,
    ordinal: 1,
    startedOn: Temporal.PlainDate.from(decidedOn),
  });
  await endPass(tx, {
    passId,
    outcome: 'admitted',
    reason: null,
    answers: { decidedOn, referredFrom, municipalityToldOn },
    by,
    onBehalfOf: onBehalfOf?.staffId ?? null,
    at: turn.now,
  });
  const second = way.home[1];
  if (second) await beginPass(tx, { ...begin, step: second.id, ordinal: 2, startedOn: turn.today });
  return { caseId, passId, readmission: false };
}

/** How long after its end a case is opened again by a readmission, rather than a new one begun (design.md § 5). */
const REOPENED_WITHIN = { months: 12 };

async function readmit(
  applying: Applying<Admitting, Shelter>,
  unitId: string,
  known: KnownCitizen,
  answers: AdmissionAnswers,
): Promise<Begun | Problems> {
  const { tx, turn, subject: shelter } = applying;
  const file = known.latestCase && (await lockCase(tx, known.latestCase.id));
  const closedOn = file?.closedAt && legalDate(file.closedAt);
  // A home that somebody still has belongs to its case, however long ago that was closed.
  const livesIn = file !== null && livesInHome(file);
  const isOld = closedOn && Temporal.PlainDate.compare(closedOn.add(REOPENED_WITHIN), turn.today) < 0;
  if (!file || (isOld && !livesIn)) return admitNew(applying, unitId, answers, null, known);
  if (!file.closedAt && !file.stay.endedOn && file.shelter.id === shelter.id)
    return { problems: { '': 'alreadyAdmitted', cpr: 'alreadyAdmitted' } };
  // The latest stay is the one that the citizen has.
  if (answers.decidedOn < file.stay.decidedOn.toString()) return { problems: { decidedOn: 'tooEarly' } };

  const moved = !file.closedAt && file.shelter.id !== shelter.id;
  const left = moved ? { shelterId: file.shelter.id, staffIds: await staffOf(tx, turn, file, 'shelter') } : undefined;
  await addStay(tx, { citizenId: known.id, caseId: file.id, ...stayOf(applying, answers) });
  await relocateCase(tx, file.id, { shelterId: shelter.id, unitId });
  await touchCase(tx, file.id, { by: turn.actor.staffId, at: turn.now, ...(file.closedAt && { closed: null }) });
  const open = openStep(file);
  if (open && !file.closedAt)
    return { caseId: file.id, passId: open.pass.id, readmission: true, ...(left && { left }) };
  // What had ended begins again where the shelter and the caseworker meet; of a home, with whoever follows up: is it kept?
  const way = wayVersion(file.wayVersion);
  const begins = livesIn ? 'kept-home' : file.caseworker?.active ? 'stabilising' : 'attachment';
  const step = way.home.find(({ id }) => id === begins) ?? way.home[1];
  if (!step) throw new Error(`Way version ${way.version} has no step after the admission`);
  const passId = await beginPass(tx, {
    caseId: file.id,
    step: step.id,
    ordinal: nextOrdinal(file),
    wayVersion: way.version,
    startedOn: turn.today,
    at: turn.now,
  });
  return { caseId: file.id, passId, readmission: true, ...(left && { left }) };
}
