/** Every kind of document that can be fetched, and who makes it: a new one is one entry. */
import type { DocumentMakers } from './documents.ts';
import { MINUTES_LINK, minutesMaker } from './review/document.ts';
import { RENT_PLAN_LINK, rentPlanMaker } from './subsidy/rent-plan.ts';

export const documentMakers: DocumentMakers = {
  [MINUTES_LINK]: minutesMaker,
  [RENT_PLAN_LINK]: rentPlanMaker,
};
