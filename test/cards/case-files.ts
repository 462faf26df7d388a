/** Cases as the store reads them, without a database: one at every step, ordinary and with every field at its longest. */
import { defaultRules } from '../../bot/domain/rules.ts';
import { Temporal } from '../../bot/domain/time.ts';
import type { StepDefinition } from '../../bot/domain/referral/definition.ts';
import type { Offer, OfferState } from '../../bot/store/case-homes.ts';
import type { CaseFile, Pass } from '../../bot/store/cases.ts';
import type { Deps } from '../../bot/workflows/deps.ts';
import type { Reader } from '../../bot/workflows/referral/present.ts';
import { currentVersion } from '../../bot/workflows/referral/versions.ts';
import type { Locale } from '../../bot/text/words.ts';

const id = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const day = (date: string) => Temporal.PlainDate.from(date);
const NOW = Temporal.Instant.from('2026-11-18T11:00:00Z');
const START = Temporal.Instant.from('2026-09-01T08:00:00Z');

export interface People {
  readonly citizen: string;
  readonly staff: string;
  readonly note: string;
}
/** The names that no summary, notification or channel may hold. */
export const ordinary: People = { citizen: 'Kimberly Testesen', staff: 'Mette Holmgaard', note: 'Gerne stueetage' };
export const longest: People = {
  citizen: 'Æ'.repeat(120),
  staff: 'Å'.repeat(200),
  note: '*[x](y)* ${z} {{DATE(2027-03-03T10:42:00Z)}} '.repeat(20).slice(0, 500),
};

const way = currentVersion('2026-11-18');
export const everyStep: readonly StepDefinition[] = [...new Set([...way.home, ...way.place])];

/** What a filled-in form keeps. */
function answersOf({ form }: StepDefinition, note: string): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(form).map(([name, { kind, choices, maxLength }]) => [
      name,
      {
        choice: choices?.[0],
        staff: id(2),
        dwelling: id(20),
        text: note.slice(0, maxLength),
        date: '2026-09-01',
        kroner: 480_050,
        number: 2,
        yesNo: true,
      }[kind],
    ]),
  );
}

/** The case with all steps before `step` behind it; `times` sends it round that often. `closed` stops it there. */
export function caseAt(
  step: StepDefinition,
  { citizen, staff, note }: People,
  { closed = false, draft = false, times = 1 }: { closed?: boolean; draft?: boolean; times?: number } = {},
): CaseFile {
  const mette = { id: id(2), name: staff };
  const isHoused = step.id === 'kept-home';
  const list =
    way.place.includes(step) && !way.home.includes(step) ? [...way.home.slice(0, 5), ...way.place] : way.home;
  const behind = Array.from({ length: times }, () => list.slice(0, list.indexOf(step))).flat();
  const pass = (at: StepDefinition, index: number, ended: boolean): Pass => {
    const [outcome, { reasons }] = Object.entries(at.outcomes).at(-1) ?? ['', { reasons: undefined }];
    return {
      id: id(100 + index),
      step: at.id,
      ordinal: index + 1,
      startedOn: day('2026-09-01'),
      clockFrom: day('2026-09-01'),
      dueOn: null,
      beside: false,
      startedAt: START,
      endedAt: ended ? START : null,
      outcome: !ended ? null : closed && at === step ? 'stopped' : outcome,
      reason: !ended ? null : closed && at === step ? (way.stopReasons[0] ?? null) : (reasons?.[0] ?? null),
      endedBy: ended ? mette : null,
      onBehalfOf: ended ? { id: id(3), name: staff } : null,
      answers: ended ? answersOf(at, note) : null,
      citizenToldOn: null,
      named: { [id(2)]: staff },
    };
  };
  const unit = (n: number, name: string) => ({ id: id(n), code: `u${n}`, name, path: `/sf/u${n}/` });
  return {
    id: id(1),
    number: 142,
    version: 7,
    wayVersion: way.version,
    recordNumber: null,
    citizen: { id: id(4), name: citizen },
    caseworker: { ...mette, active: true },
    supportWorker: isHoused ? { ...mette, active: true } : null,
    responsible: null,
    shelter: unit(5, 'Bocentret'),
    authority: unit(6, 'Hjemløseenheden'),
    housing: unit(7, 'Den boligsociale anvisning'),
    stay: {
      id: id(8),
      decidedOn: day('2026-09-01'),
      referredFrom: 'self',
      municipalityToldOn: null,
      untoldSince: day('2026-09-01'),
      endedOn: isHoused ? day('2026-10-20') : null,
      dischargeManner: isHoused ? 'municipality' : null,
      dischargeReason: isHoused ? 'home_found' : null,
      dischargedTo: isHoused ? 'own_home' : null,
    },
    stays: [{ id: id(8), decidedOn: day('2026-09-01'), endedOn: isHoused ? day('2026-10-20') : null }],
    ...homesAt(step, note),
    openedAt: START,
    closedAt: closed ? NOW : null,
    closeReason: closed ? (way.stopReasons[0] ?? null) : null,
    changedAt: START,
    changedBy: mette,
    facts: {
      householdAdults: 2,
      householdChildren: 1,
      homeKind: 'state_subsidy',
      supportBasis: 'section_85a',
      supportMethod: 'cti',
      payableOere: 480_050,
      bifAskedOn: '2026-09-01',
      supportDecidedOn: isHoused ? '2026-10-01' : null,
      supportWorkerId: isHoused ? id(2) : null,
      supportEndedOn: null,
      responsibleId: null,
    },
    passes: [...behind.map((at, index) => pass(at, index, true)), pass(step, behind.length, closed)],
    draft: draft
      ? {
          input: Object.fromEntries(Object.keys(step.form).map((name) => [name, note.slice(0, 300)])),
          version: 7,
          by: staff,
          at: START,
        }
      : null,
  };
}

/** The home of a case at that step: offered while an answer or a lease is waited for, then rented. */
function homesAt({ id: step }: StepDefinition, note: string): Pick<CaseFile, 'offers' | 'lease' | 'duties' | 'rates'> {
  const where = { dwellingId: id(20), address: note.slice(0, 120), estate: 'Boligforeningen Havet, Afdeling 7' };
  const rents = [{ from: day('2026-01-01'), oere: 490_000 }];
  const offered = step === 'answer' || step === 'lease';
  const rented = step === 'support' || step === 'moved-in' || step === 'kept-home';
  const state: OfferState = step === 'answer' ? 'reserved' : step === 'lease' ? 'accepted' : 'leased';
  const offer: Offer = {
    ...{ ...where, id: id(21), scheme: 'state_subsidy', rents, depositOere: 2_100_000 },
    state,
    ...{ offeredOn: day('2026-10-01'), answerDueOn: day('2026-10-08'), declinedBy: null, reason: null },
  };
  const duty = (n: number, kind: 'housing_benefit' | 'deposit_loan' | 'settle_subsidy') => ({
    ...{ id: id(n), leaseId: id(22), kind, dueOn: day('2026-11-12'), settledOn: null },
  });
  return {
    offers: offered || rented ? [offer] : [],
    lease: rented
      ? {
          ...{ ...where, id: id(22), rents, signedOn: day('2026-10-10'), startsOn: day('2026-10-15') },
          ...{ movedInOn: step === 'kept-home' ? day('2026-10-20') : null, endsOn: null, endReason: null },
          grant: {
            ...{ scheme: 'state_subsidy', startsOn: day('2026-10-15'), anchorOn: day('2026-10-15'), basisYear: 2023 },
            ...{ shares: [...defaultRules.subsidy.shares], rounding: 'oere', partMonth: 'days' },
            ...{ monthlyOere: null, endedOn: null },
          },
        }
      : null,
    duties: rented ? [duty(23, 'housing_benefit'), duty(24, 'deposit_loan'), duty(25, 'settle_subsidy')] : [],
    rates: [
      { year: 2021, amountOere: 1_500_000 },
      { year: 2023, amountOere: 1_696_500 },
    ],
  };
}

/** Somebody with every right, in their own chat. */
export function readerOf(locale: Locale, { staff }: People): Reader {
  const assignments = (['manager', 'shelter_staff', 'caseworker', 'housing_officer', 'support_worker'] as const).map(
    (role) => ({
      role,
      unitPath: '/',
    }),
  );
  const actor = { staffId: id(9), name: staff, assignments, standsInFor: [], language: locale, welcomed: true };
  return {
    // Cards are made of what has been read: no database here.
    deps: { rules: defaultRules, personNames: 'full', demo: false } as unknown as Deps,
    actor,
    locale,
    audience: { kind: 'person', actor },
    now: NOW,
    today: day('2026-11-18'),
  };
}
