/** The homes of a case, as they are read with it: what has been offered, the latest tenancy with its subsidy, and the duties of all. */
import { z } from 'zod';
import { schemes } from '../domain/schemes.ts';
import { GRANT, grantSchema } from './grants.ts';
import { dayInJson } from './temporal.ts';

const place = {
  dwellingId: z.uuid(),
  address: z.string(),
  /** Association and department. */
  estate: z.string(),
};

/** A month, before any subsidy and without utilities; the earliest first. */
const rents = z.array(z.object({ from: dayInJson, oere: z.int() }));

export const offerStates = [
  'reserved',
  'accepted',
  'leased',
  'declined',
  'withdrawn',
  'expired',
  'fell_through',
] as const;
export type OfferState = (typeof offerStates)[number];

const offerSchema = z.object({
  id: z.uuid(),
  ...place,
  scheme: z.enum(schemes),
  rents,
  depositOere: z.int().nullable(),
  state: z.enum(offerStates),
  offeredOn: dayInJson,
  answerDueOn: dayInJson,
  declinedBy: z.string().nullable(),
  reason: z.string().nullable(),
});
export type Offer = z.infer<typeof offerSchema>;

export const dutyKinds = ['housing_benefit', 'deposit_loan', 'settle_subsidy'] as const;
export type DutyKind = (typeof dutyKinds)[number];

const dutySchema = z.object({
  id: z.uuid(),
  leaseId: z.uuid(),
  kind: z.enum(dutyKinds),
  dueOn: dayInJson,
  settledOn: dayInJson.nullable(),
});
export type Duty = z.infer<typeof dutySchema>;

const leaseSchema = z.object({
  id: z.uuid(),
  ...place,
  signedOn: dayInJson.nullable(),
  startsOn: dayInJson,
  movedInOn: dayInJson.nullable(),
  endsOn: dayInJson.nullable(),
  endReason: z.string().nullable(),
  rents,
  grant: grantSchema.nullable(),
});
export type Lease = z.infer<typeof leaseSchema>;

export const homesSchema = {
  /** The earliest first. */
  offers: z.array(offerSchema),
  /** The latest tenancy, running or ended. */
  lease: leaseSchema.nullable(),
  /** Of all tenancies: the subsidy of an earlier home may still have to be settled. */
  duties: z.array(dutySchema),
  /** The regulated amounts of the state's subsidy that are known, by year; none of a case without a home. */
  rates: z.array(z.object({ year: z.int(), amountOere: z.int() })),
};

const PLACE = (home: string) =>
  `'dwellingId', ${home}.dwelling_id, 'address', d.address, 'estate', e.association || ', ' || e.name`;

const RENTS = (home: string) => `
  'rents', coalesce((select json_agg(json_build_object('from', rc.from_day, 'oere', rc.rent_oere) order by rc.from_day)
                     from rent_change rc where rc.dwelling_id = ${home}.dwelling_id), '[]'::json)`;

/** Of the many cases that have not come so far. */
export const NO_HOMES = { offers: [], lease: null, duties: [], rates: [] };

/** The homes of the case `r` as a JSON object; null, and little work, where it never had an offer or a lease. */
export const HOMES = `
  case when exists (select 1 from offer o where o.referral_id = r.id)
         or exists (select 1 from lease l where l.referral_id = r.id) then json_build_object(
  'offers', coalesce((select json_agg(json_build_object('id', o.id, ${PLACE('o')}, 'scheme', d.scheme, 'state', o.state,
      ${RENTS('o')}, 'depositOere', d.deposit_oere,
      'offeredOn', o.offered_on, 'answerDueOn', o.answer_due_on, 'declinedBy', o.declined_by, 'reason', o.reason) order by o.id)
    from offer o join dwelling d on d.id = o.dwelling_id join estate e on e.id = d.estate_id
    where o.referral_id = r.id), '[]'::json),
  'lease', (select json_build_object('id', l.id, ${PLACE('l')}, 'signedOn', l.signed_on, 'startsOn', l.starts_on,
      'movedInOn', l.moved_in_on, 'endsOn', l.ends_on, 'endReason', l.end_reason,
      ${RENTS('l')},
      'grant', (select ${GRANT} from subsidy_grant g where g.lease_id = l.id))
    from lease l join dwelling d on d.id = l.dwelling_id join estate e on e.id = d.estate_id
    where l.referral_id = r.id order by (l.ends_on is null) desc, l.starts_on desc limit 1),
  'duties', coalesce((select json_agg(json_build_object('id', du.id, 'leaseId', du.lease_id, 'kind', du.kind,
      'dueOn', du.due_on, 'settledOn', du.settled_on) order by du.due_on, du.id)
    from lease_duty du join lease l on l.id = du.lease_id where l.referral_id = r.id), '[]'::json),
  'rates', coalesce((select json_agg(json_build_object('year', ra.year, 'amountOere', ra.amount_oere) order by ra.year)
                     from rate ra where ra.scheme = 'state_subsidy'), '[]'::json)) end`;
