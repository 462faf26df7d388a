/** `indskriv`, its half-done form, and `afbryd`. */
import { parseCpr } from '../../domain/cpr.ts';
import { draftOf } from '../../domain/referral/form.ts';
import { deleteAdmissionDraft, loadAdmissionDraft, saveAdmissionDraft } from '../../store/drafts.ts';
import { act } from '../act.ts';
import type { Turn } from '../context.ts';
import type { BotReply } from '../turn.ts';
import { admissionCard, startedCard } from './admission-card.ts';
import { admissionForm, admit, admittingShelters } from './admit.ts';
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

/** Keeps what was typed, the CPR number sealed; resolves to the fields that could not be kept. */
async function keep(turn: Turn, data: Data): Promise<readonly string[]> {
  const { kept, refused } = draftOf(admissionForm, data);
  const typed = typeof data['cpr'] === 'string' ? parseCpr(data['cpr']) : null;
  const cpr = typed?.ok ? turn.deps.vault.seal(typed.cpr) : null;
  await saveAdmissionDraft(turn.deps.prisma, { staffId: turn.actor.staffId, input: kept, cpr, at: turn.now });
  return refused;
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
      await keep(turn, data);
      const { prisma } = turn.deps;
      const draft = await loadAdmissionDraft(prisma, turn.actor.staffId);
      const shelters = await admittingShelters(prisma, turn);
      return { kind: 'card', card: admissionCard(turn, { shelters, draft, typed: data, problems: result.problems }) };
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
  const refused = await keep(turn, data);
  const draft = await loadAdmissionDraft(turn.deps.prisma, turn.actor.staffId);
  if (refused.length > 0 || !draft) {
    const problems = Object.fromEntries(refused.map((name) => [name, 'cpr']));
    return { kind: 'card', card: admissionCard(turn, { shelters, draft, typed: data, problems }) };
  }
  return { kind: 'card', card: startedCard(draft, turn) };
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
