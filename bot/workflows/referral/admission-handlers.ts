/** `indskriv`, its half-done form, and `afbryd`. */
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
import { admissionCard, startedCard } from './admission-card.ts';
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
  readonly draft: AdmissionDraft;
  /** What was typed, as the card shows it again. */
  readonly typed: Data;
  /** What could not be kept, and why. */
  readonly problems: Readonly<Record<string, string>>;
}

/** Keeps what was typed, the CPR number sealed; one kept before only while it still counts. */
async function keep(turn: Turn, data: Data): Promise<Kept> {
  const { prisma, vault } = turn.deps;
  const { staffId } = turn.actor;
  const { cpr, problems } = readCpr(data, turn.today);
  // A choice cannot be taken back in Teams: beside a number the reason goes, to be chosen again where it is the right one.
  const typed = { ...data, cpr: '', ...(cpr !== null && { noCprReason: '' }) };
  const { kept: input, refused } = draftOf(admissionForm, typed);
  const sealed = cpr === null ? keptCpr(await loadAdmissionDraft(prisma, staffId), data) : vault.seal(cpr);
  const draft = { input, cpr: sealed, at: turn.now };
  await saveAdmissionDraft(prisma, { staffId, ...draft });
  return { draft, typed, problems: { ...problems, ...Object.fromEntries(refused.map((name) => [name, 'cpr'])) } };
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
      const { draft, typed } = await keep(turn, data);
      const shelters = await admittingShelters(turn.deps.prisma, turn);
      return { kind: 'card', card: admissionCard(turn, { shelters, draft, typed, problems: result.problems }) };
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
  const { draft, typed, problems } = await keep(turn, data);
  return {
    kind: 'card',
    card:
      Object.keys(problems).length > 0
        ? admissionCard(turn, { shelters, draft, typed, problems })
        : startedCard(draft, turn),
  };
}

export async function discardAdmissionPressed(turn: Turn): Promise<BotReply> {
  await deleteAdmissionDraft(turn.deps.prisma, turn.actor.staffId);
  return text(referralWords[turn.locale].admission.discarded);
}

/** `afbryd`: nothing typed is thrown away unasked. */
export async function cancelWritten(turn: Turn): Promise<BotReply> {
  const draft = await loadAdmissionDraft(turn.deps.prisma, turn.actor.staffId);
  return draft
    ? { kind: 'card', card: startedCard(draft, turn) }
    : text(referralWords[turn.locale].admission.nothingToCancel);
}
