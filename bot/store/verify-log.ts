import type { PrismaClient } from './generated/client.ts';
import { sealHash, type LogRow } from './seal.ts';

/** A seal's number and hash, kept where nobody with rights on the database can change it. */
export interface Anchor {
  readonly number: number;
  /** In hex. */
  readonly hash: string;
}

export type LogProblem =
  /** A row that the seal covers, or the seal itself, is not as it was. */
  | { kind: 'changed'; seal: number; ids: readonly [first: bigint, last: bigint] }
  /** Rows that the seal covers are gone; without a seal: rows that were waiting for one. */
  | { kind: 'missing'; seal: number | undefined; ids: readonly bigint[] }
  | { kind: 'reordered'; seal: number }
  /** Seals are gone; the rows of the seal after them cannot be checked against a hash. */
  | { kind: 'gap'; from: number; to: number }
  /** Rows that no seal covers and that do not wait for one: added past the trigger, or their seal is gone. */
  | { kind: 'added'; ids: readonly bigint[] }
  | { kind: 'twice'; ids: readonly bigint[] }
  /** The seal is not there, or has another hash than was kept elsewhere. */
  | { kind: 'anchor'; expected: Anchor; found: string | undefined };

export interface LogVerdict {
  readonly ok: boolean;
  readonly sealed: number;
  readonly unsealed: number;
  /** Since when the oldest row waits for its seal: longer than some seconds ago means that no sealer runs. */
  readonly unsealedSince: Date | undefined;
  readonly seals: number;
  readonly last: Anchor | undefined;
  /** The first 100. */
  readonly problems: readonly LogProblem[];
  readonly problemCount: number;
}

interface VerifyOptions {
  readonly expect?: readonly Anchor[];
  readonly onProgress?: (progress: { readonly seals: number; readonly of: number }) => void;
}

const MOST_PROBLEMS = 100;
const MOST_IDS = 20;
/** Seals read at a time: with 1,000 rows each, a few megabytes whatever the size of the log. */
const BATCH = 4;

/** Checks the whole access log against its seals, in memory that does not grow with it. Work may go on meanwhile. */
export async function verifyLog(
  prisma: PrismaClient,
  { expect = [], onProgress }: VerifyOptions = {},
): Promise<LogVerdict> {
  const problems: LogProblem[] = [];
  let problemCount = 0;
  const report = (problem: LogProblem) => {
    problemCount++;
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };

  const { _max, _count } = await prisma.accessSeal.aggregate({ _max: { number: true }, _count: true });
  const newest = _max.number ?? 0;
  const anchors = new Map(expect.map((anchor) => [anchor.number, anchor]));
  let previous: { number: number; hash: Uint8Array } = { number: 0, hash: Buffer.alloc(32) };
  let [sealed, seals] = [0, 0];

  while (previous.number < newest) {
    const batch = await prisma.accessSeal.findMany({
      where: { number: { gt: previous.number, lte: newest } },
      orderBy: { number: 'asc' },
      take: BATCH,
    });
    if (batch.length === 0) break;
    const rows = await rowsOf(
      prisma,
      batch.flatMap(({ logIds }) => logIds),
    );
    for (const seal of batch) {
      const { number, logIds } = seal;
      const gap = number !== previous.number + 1;
      if (gap) report({ kind: 'gap', from: previous.number + 1, to: number - 1 });

      const found = logIds.flatMap((id) => rows.get(id) ?? []);
      const ascending = found.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const fits = (inOrder: readonly LogRow[]) => sealHash(previous.hash, seal, inOrder).equals(seal.hash);
      if (found.length < logIds.length) {
        const missing = logIds.filter((id) => !rows.has(id));
        report({ kind: 'missing', seal: number, ids: missing.slice(0, MOST_IDS) });
      } else if (!gap && !fits(found)) {
        if (fits(ascending)) report({ kind: 'reordered', seal: number });
        else report({ kind: 'changed', seal: number, ids: [ascending.at(0)?.id ?? 0n, ascending.at(-1)?.id ?? 0n] });
      }

      const anchor = anchors.get(number);
      if (anchor && anchor.hash.toLowerCase() !== hex(seal.hash)) {
        report({ kind: 'anchor', expected: anchor, found: hex(seal.hash) });
      }
      anchors.delete(number);
      // What the seal says, so that one fault is not reported of every seal after it.
      previous = { number, hash: seal.hash };
      sealed += found.length;
      seals++;
    }
    onProgress?.({ seals, of: _count });
  }
  for (const anchor of anchors.values()) report({ kind: 'anchor', expected: anchor, found: undefined });

  const outside = await outsideTheChain(prisma);
  if (outside.added.length > 0) report({ kind: 'added', ids: outside.added });
  if (outside.twice.length > 0) report({ kind: 'twice', ids: outside.twice });
  if (outside.missing.length > 0) report({ kind: 'missing', seal: undefined, ids: outside.missing });

  return {
    ok: problemCount === 0,
    sealed,
    unsealed: outside.unsealed,
    unsealedSince: outside.unsealedSince ?? undefined,
    seals,
    last: seals === 0 ? undefined : { number: previous.number, hash: hex(previous.hash) },
    problems,
    problemCount,
  };
}

async function rowsOf(prisma: PrismaClient, ids: readonly bigint[]): Promise<Map<bigint, LogRow>> {
  const rows = await prisma.$queryRaw<LogRow[]>`
    SELECT id, at, staff_id AS "staffId", on_behalf_of_id AS "onBehalfOfId", action, purpose, operation,
      citizen_id AS "citizenId", referral_id AS "referralId"
    FROM access_log WHERE id = ANY(${ids}::bigint[])`;
  return new Map(rows.map((row) => [row.id, row]));
}

interface Outside {
  readonly added: bigint[];
  readonly twice: bigint[];
  readonly missing: bigint[];
  readonly unsealed: number;
  readonly unsealedSince: Date | null;
}

/** One statement, hence one view of the three tables while rows are being added and sealed. The database does the work. */
async function outsideTheChain(prisma: PrismaClient): Promise<Outside> {
  const [outside] = await prisma.$queryRaw<Outside[]>`
    SELECT
      ARRAY(
        SELECT id FROM access_log
        EXCEPT (SELECT unnest(log_ids) FROM access_seal UNION ALL SELECT log_id FROM access_unsealed)
        ORDER BY id LIMIT ${MOST_IDS}::int) AS added,
      ARRAY(
        SELECT id
        FROM (SELECT unnest(log_ids) FROM access_seal UNION ALL SELECT log_id FROM access_unsealed) AS covered(id)
        GROUP BY id HAVING count(*) > 1 ORDER BY id LIMIT ${MOST_IDS}::int) AS twice,
      ARRAY(
        SELECT u.log_id FROM access_unsealed u LEFT JOIN access_log l ON l.id = u.log_id
        WHERE l.id IS NULL ORDER BY u.log_id LIMIT ${MOST_IDS}::int) AS missing,
      (SELECT count(*) FROM access_unsealed)::int AS unsealed,
      (SELECT min(l.at) FROM access_unsealed u JOIN access_log l ON l.id = u.log_id) AS "unsealedSince"`;
  if (!outside) throw new Error('a statement without FROM gives one row');
  return outside;
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
