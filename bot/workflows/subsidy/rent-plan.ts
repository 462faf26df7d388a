/** The rent plan for the citizen: a link to it, and the document for whoever may still see the case when it is fetched. */
import { z } from 'zod';
import { mayShow } from '../../domain/access.ts';
import { logAccess } from '../../store/access-log.ts';
import { findCase } from '../../store/cases.ts';
import { parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import type { DocumentMaker } from '../documents.ts';
import { offerDocument } from '../offer-document.ts';
import { accessSubject, supporterOf } from '../referral/case.ts';
import { runningLease } from '../referral/home.ts';
import type { Reader } from '../referral/present.ts';
import { referralWords } from '../referral/words.ts';
import type { BotReply } from '../turn.ts';
import { homeOf } from './phase-down.ts';
import { rentPlanDocument, rentPlanFilename } from './rent-plan-document.ts';
import { subsidyWords } from './words.ts';

/** What the links to rent plans are of. */
export const RENT_PLAN_LINK = 'subsidy.rent-plan';
const ofCase = z.looseObject({ caseId: z.uuid() });

export async function rentPlanPressed(turn: Turn, data: Readonly<Record<string, unknown>>): Promise<BotReply> {
  const { caseId } = parsePress(ofCase, data, 'subsidy.rent-plan');
  const file = await findCase(turn.deps.db, caseId);
  const lease = file && runningLease(file);
  if (!lease || !mayShow(turn.audience, accessSubject(file)).details)
    return { kind: 'text', text: referralWords[turn.locale].notYours };
  const title = subsidyWords[turn.locale].rentPlan.title(lease.address);
  return offerDocument(turn, { kind: RENT_PLAN_LINK, subject: { caseId }, title });
}

export const rentPlanMaker: DocumentMaker = async ({ deps, actor, subject, now, today }) => {
  const { caseId } = ofCase.parse(subject);
  const reader: Reader = { deps, actor, locale: 'da', audience: { kind: 'person', actor }, now, today };
  const file = await findCase(deps.db, caseId);
  const home = file && mayShow(reader.audience, accessSubject(file)).details ? homeOf(file, reader) : null;
  const lease = file && runningLease(file);
  if (!home || !lease || home.rents.length === 0) return null;
  await logAccess(deps.db, [
    {
      ...{ at: now, staffId: actor.staffId, action: 'extract', purpose: 'casework', operation: 'subsidy.rent-plan' },
      ...{ citizenId: file.citizen.id, referralId: file.id },
    },
  ]);
  const plan = { ...home, address: lease.address, helper: supporterOf(file)?.name ?? '', today };
  return { filename: rentPlanFilename(today), bytes: await rentPlanDocument(plan) };
};
