/** `adgang 142`: who saw or changed what about the case's citizen, and the citizen's own extract. For the auditor, who does no casework. */
import { z } from 'zod';
import { mayDo } from '../../domain/access.ts';
import { legalDate } from '../../domain/time.ts';
import {
  type AccessEntry,
  citizenExport,
  citizenLog,
  logAccess,
  type LoggedAccess,
  type LogPage,
} from '../../store/access-log.ts';
import { type CaseFile, findCase, findCaseByNumber } from '../../store/cases.ts';
import { formatDate, formatDateTime } from '../../text/danish.ts';
import { sharedWords } from '../../text/shared.ts';
import type { Locale } from '../../text/words.ts';
import { parsePress } from '../act.ts';
import { defineCard, pickWords, show } from '../card.ts';
import type { Turn } from '../context.ts';
import { accessSubject } from '../referral/case.ts';
import type { BotReply } from '../turn.ts';
import { auditWords } from './words.ts';

/** The rows a card has room for. */
const PAGE = 10;
/** Lines without staff are short: so many stay well below what a card may hold. */
const EXTRACT_PAGE = 80;

const paging = {
  nextOffset: z.number(),
  previousOffset: z.number(),
  hasNext: z.boolean(),
  hasPrevious: z.boolean(),
  upTo: z.string(),
};

const logType = defineCard({
  template: 'audit/log',
  data: z.strictObject({
    title: z.string(),
    count: z.string(),
    rows: z.array(z.strictObject({ who: z.string(), what: z.string(), when: z.string() })),
    ...paging,
  }),
  words: pickWords(auditWords, 'next', 'previous', 'extract'),
  inputs: [],
});

const extractType = defineCard({
  template: 'audit/extract',
  data: z.strictObject({
    subtitle: z.string(),
    lines: z.array(z.strictObject({ text: z.string() })),
    left: z.string(),
    ...paging,
  }),
  words: pickWords(auditWords, 'next', 'previous', 'extract', 'intro', 'backToLog'),
  inputs: [],
});

const pressed = z.looseObject({
  caseId: z.uuid(),
  offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
  upTo: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional(),
});
type Data = Readonly<Record<string, unknown>>;
type Place = Omit<LogPage, 'limit'>;

const text = (words: string): BotReply => ({ kind: 'text', text: words });

export async function askWhichLog(turn: Turn): Promise<BotReply> {
  return text(auditWords[turn.locale].which);
}

/** The case whose citizen's log this person may see. Whoever may not learns no more than of a case that is not there. */
function audited(turn: Turn, file: CaseFile | null): { file: CaseFile; onBehalfOfId: string | undefined } | null {
  if (!file || turn.audience.kind === 'conversation') return null;
  const verdict = mayDo(turn.actor, 'log.export', accessSubject(file));
  return verdict.allowed ? { file, onBehalfOfId: verdict.onBehalfOf?.staffId } : null;
}
type Audited = NonNullable<ReturnType<typeof audited>>;

type Look = Pick<AccessEntry, 'action' | 'purpose' | 'operation'>;
const logLook = (turn: Turn, { file, onBehalfOfId }: Audited, look: Look) =>
  logAccess(turn.deps.prisma, [
    {
      ...{ at: turn.now, staffId: turn.actor.staffId, onBehalfOfId, ...look },
      ...{ citizenId: file.citizen.id, referralId: file.id },
    },
  ]);

export async function showLogByNumber(turn: Turn, number: number): Promise<BotReply> {
  const subject = audited(turn, await findCaseByNumber(turn.deps.prisma, number));
  return subject ? logCard(turn, subject, { offset: 0 }) : text(auditWords[turn.locale].notFound(number));
}

const press =
  (verb: string, answer: (turn: Turn, subject: Audited, place: Place) => Promise<BotReply>) =>
  async (turn: Turn, data: Data): Promise<BotReply> => {
    const { caseId, ...place } = parsePress(pressed, data, verb);
    const subject = audited(turn, await findCase(turn.deps.prisma, caseId));
    return subject ? answer(turn, subject, place) : text(auditWords[turn.locale].notYours);
  };

export const seeLogPressed = press('audit.see', logCard);
export const extractPressed = press('audit.extract', extractCard);

const pagesOf = ({ offset }: Place, limit: number, { total, upTo }: { total: number; upTo: string }) => ({
  nextOffset: offset + limit,
  previousOffset: Math.max(0, offset - limit),
  hasNext: total > offset + limit,
  hasPrevious: offset > 0,
  upTo,
});

/** The code's word; a code of a version to come, or long gone, is shown as it is. */
const wordOf = (table: Readonly<Record<string, string>>, code: string): string => table[code] ?? code;

async function logCard(turn: Turn, subject: Audited, { offset, upTo }: Place): Promise<BotReply> {
  const words = auditWords[turn.locale];
  const { file } = subject;
  const page = await citizenLog(turn.deps.prisma, file.citizen.id, { limit: PAGE, offset, upTo });
  await logLook(turn, subject, { action: 'read', purpose: 'audit', operation: 'audit.see' });
  const title = words.title(sharedWords[turn.locale].caseNumber(file.number));
  return {
    kind: 'card',
    card: show(logType, turn.locale, {
      data: {
        title,
        count: page.rows.length === 0 ? words.none : words.rows(offset + 1, offset + page.rows.length, page.total),
        rows: page.rows.map((row) => logRow(row, file.number, turn.locale)),
        ...pagesOf({ offset }, PAGE, page),
      },
      summary: title,
      stamp: { caseId: file.id },
    }),
  };
}

function logRow(row: LoggedAccess, caseNumber: number, locale: Locale) {
  const words = auditWords[locale];
  const name = row.staff ?? (row.bySystem ? words.system : words.unknownStaff);
  const what = `${words.actions[row.action]}: ${wordOf(words.operations, row.operation)}`;
  // A citizen may have had other cases before.
  const other =
    row.caseNumber === null || row.caseNumber === caseNumber ? [] : [sharedWords[locale].caseNumber(row.caseNumber)];
  return {
    who: row.onBehalfOf === null ? name : words.onBehalfOf(name, row.onBehalfOf),
    what: [what, ...other].join(' · '),
    when: words.whenAndWhy(formatDateTime(row.at, locale, { year: true }), wordOf(words.purposes, row.purpose)),
  };
}

/** In the auditor's language, so that `sprog en` makes it for a citizen who reads English. */
async function extractCard(turn: Turn, subject: Audited, { offset, upTo }: Place): Promise<BotReply> {
  const { locale } = turn;
  const words = auditWords[locale];
  const { file } = subject;
  const page = await citizenExport(turn.deps.prisma, file.citizen.id, { limit: EXTRACT_PAGE, offset, upTo });
  await logLook(turn, subject, { action: 'extract', purpose: 'access-request', operation: 'audit.extract' });
  const title = sharedWords[locale].caseNumber(file.number);
  const last = offset + page.rows.length;
  return {
    kind: 'card',
    card: show(extractType, locale, {
      data: {
        subtitle: page.rows.length === 0 ? title : `${title} · ${words.rows(offset + 1, last, page.total)}`,
        lines: page.rows.map(({ at, action, purpose }) => ({
          text: words.line(formatDate(legalDate(at), locale), words.actions[action], wordOf(words.purposes, purpose)),
        })),
        left: words.left(page.total - last),
        ...pagesOf({ offset }, EXTRACT_PAGE, page),
      },
      summary: `${title}: ${words.extract}`,
      stamp: { caseId: file.id },
    }),
  };
}
