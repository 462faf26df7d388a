/** `indskriv`, its half-done form, and `afbryd`. */
import { isDeepStrictEqual } from 'node:util';
import { draftOf } from '../../domain/referral/form.ts';
import {
  type AdmissionDraft,
  deleteAdmissionDraft,
  loadAdmissionDraft,
  saveAdmissionDraft,
} from '../../store/drafts.ts';
import { act } from '../act.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { admissionCard, madeFrom, startedCard } from './admission-card.ts';
import { admissionForm, admit, admittingShelters, keptCpr, readCpr } from './admit.ts';
import { noteOf } from './journal-note.ts';
import { receiptCard } from './status-card.ts';
import { admission } from './steps/admission.ts';
import { referralWords } from './words.ts';

type Data = Readonly<Record<string, unknown>>;
const text = (words: string): BotReply => ({ kind: 'text', text: words });

export async function showAdmission(turn: Turn): Promise<BotReply> {
  const { prisma } = turn.deps;
  const shelters = await admittingShelters(prisma, turn);
  if (shelters.length === 0) return text(referralWords[turn.locale].admission.noShelter);
  return {
    kind: 'card',
    card: admissionCard(turn, { shelters, draft: await loadAdmissionDraft(prisma, turn.actor.staffId) }),
  };
}

interface Kept {
  readonly draft: AdmissionDraft | null;
  /** What was typed, as the card shows it again. */
  readonly typed: Data;
  /** What could not be kept, and why. */
  readonly problems: Readonly<Record<string, string>>;
  /** The card was older than the draft: nothing was kept, and `draft` is the newest. */
  readonly stale: boolean;
}

/** Keeps what was typed, the CPR number sealed; one kept before only while it still counts. Newer work stays. */
async function keep(turn: Turn, data: Data): Promise<Kept> {
  const { prisma, vault } = turn.deps;
  const { staffId } = turn.actor;
  const { cpr, problems: ofCpr } = readCpr(data, turn.today);
  // A choice cannot be taken back in Teams: beside a number the reason goes, to be chosen again where it is the right one.
  const typed = { ...data, cpr: '', ...(cpr !== null && { noCprReason: '' }) };
  const { kept: input, refused } = draftOf(admissionForm, typed);
  const problems = { ...ofCpr, ...Object.fromEntries(refused.map((name) => [name, 'cpr'])) };
  const before = await loadAdmissionDraft(prisma, staffId);
  const sealed = cpr === null ? keptCpr(before, data) : vault.seal(cpr);
  const written = { input, cpr: sealed, at: turn.now };
  const saved = await saveAdmissionDraft(prisma, { staffId, ...written }, madeFrom(data));
  if (saved) return { draft: { ...written, ...saved }, typed, problems, stale: false };
  const draft = await loadAdmissionDraft(prisma, staffId);
  // The same press a second time finds what it wrote the first time.
  const same = isDeepStrictEqual(draft?.input, { ...input });
  if (draft && same && (cpr === null || (draft.cpr !== null && vault.open(draft.cpr) === cpr)))
    return { draft, typed, problems, stale: false };
  // With the number left in what was typed, which no card shows, the one kept is not said to be this one.
  return cpr === null
    ? { draft, typed, problems, stale: true }
    : { draft, typed: { ...typed, cpr }, problems: { cpr: 'cprAgain', ...problems }, stale: true };
}

export async function admitPressed(turn: Turn, data: Data): Promise<BotReply> {
  const words = referralWords[turn.locale];
  const result = await act(turn, admit, data);
  switch (result.kind) {
    case 'done': {
      const { file, passId, readmission } = result.result;
      const pass = file.passes.find(({ id }) => id === passId);
      return {
        kind: 'card',
        card: receiptCard(file, turn, {
          title: admission.words[turn.locale].results['admitted'] ?? '',
          lines: readmission ? [words.admission.readmitted] : [],
          note: pass?.endedAt ? noteOf(file, pass, turn) : [],
        }),
      };
    }
    case 'invalid': {
      const { draft, typed, stale, problems: ofKeeping } = await keep(turn, data);
      const shelters = await admittingShelters(turn.deps.prisma, turn);
      const problems = stale ? { ...ofKeeping, ...result.problems } : result.problems;
      return {
        kind: 'card',
        card: admissionCard(turn, { shelters, draft, typed, problems, ...staleBanner(turn, stale) }),
      };
    }
    case 'repeat':
      return text(words.problems.nothingToTell);
    default:
      return text(words.admission.noShelter);
  }
}

export async function saveAdmissionPressed(turn: Turn, data: Data): Promise<BotReply> {
  const shelters = await admittingShelters(turn.deps.prisma, turn);
  if (shelters.length === 0) return text(referralWords[turn.locale].admission.noShelter);
  const { draft, typed, problems, stale } = await keep(turn, data);
  return {
    kind: 'card',
    card:
      draft && !stale && Object.keys(problems).length === 0
        ? startedCard(draft, turn)
        : admissionCard(turn, { shelters, draft, typed, problems, ...staleBanner(turn, stale) }),
  };
}

const staleBanner = (turn: Turn, stale: boolean) =>
  stale ? { banner: referralWords[turn.locale].admission.changedSinceKept } : {};

export async function discardAdmissionPressed(turn: Turn, data: Data): Promise<BotReply> {
  const { prisma } = turn.deps;
  const { staffId } = turn.actor;
  const { changedSince, discarded } = referralWords[turn.locale].admission;
  const from = madeFrom(data);
  if (from && (await deleteAdmissionDraft(prisma, staffId, from))) return text(discarded);
  const draft = await loadAdmissionDraft(prisma, staffId);
  return draft ? { kind: 'card', card: startedCard(draft, turn, changedSince) } : text(discarded);
}

/** `afbryd`: nothing typed is thrown away unasked. */
export async function cancelWritten(turn: Turn): Promise<BotReply> {
  const draft = await loadAdmissionDraft(turn.deps.prisma, turn.actor.staffId);
  return draft
    ? { kind: 'card', card: startedCard(draft, turn) }
    : text(referralWords[turn.locale].admission.nothingToCancel);
}
