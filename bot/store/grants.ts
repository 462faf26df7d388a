/** A subsidy as it is stored with its lease: with the terms that it was made with, so that a later rule changes no contract. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { schemes } from '../domain/schemes.ts';
import type { Grant } from '../domain/subsidy.ts';
import { dayInJson } from './temporal.ts';

/** The grant `g` as a JSON object; before there was a day for it, a subsidy began on its anchor. */
export const GRANT = `json_build_object('scheme', g.scheme, 'startsOn', coalesce(g.starts_on, g.anchor_on),
  'anchorOn', g.anchor_on, 'basisYear', g.basis_year, 'shares', g.shares, 'rounding', g.rounding,
  'partMonth', g.part_month, 'monthlyOere', g.monthly_oere, 'endedOn', g.ended_on)`;

export const grantSchema = z.object({
  scheme: z.enum(schemes),
  startsOn: dayInJson,
  anchorOn: dayInJson,
  basisYear: z.int(),
  shares: z.array(z.int()),
  rounding: z.enum(['oere', 'krone']),
  partMonth: z.enum(['days', 'thirtieths']),
  monthlyOere: z.int().nullable(),
  endedOn: dayInJson.nullable(),
});

type Days = 'startsOn' | 'anchorOn' | 'endedOn';
/** A grant as an import handles it: days are ISO. */
export interface StoredGrant extends Omit<Grant, Days> {
  readonly startsOn: string;
  readonly anchorOn: string;
  readonly endedOn: string | null;
}

export const grantColumns = {
  ...{ id: 'uuid', lease_id: 'uuid', scheme: '"Scheme"', starts_on: 'date', anchor_on: 'date', basis_year: 'int' },
  ...{ shares: 'int[]', rounding: 'text', part_month: 'text', monthly_oere: 'int', ended_on: 'date' },
};

/** The row of a lease's grant, as `store/bulk.ts` writes it. */
export const grantRow = (leaseId: string, grant: Grant | StoredGrant) => ({
  ...{ id: uuidv7(), lease_id: leaseId, scheme: grant.scheme, starts_on: grant.startsOn, anchor_on: grant.anchorOn },
  ...{ basis_year: grant.basisYear, shares: grant.shares, rounding: grant.rounding, part_month: grant.partMonth },
  ...{ monthly_oere: grant.monthlyOere, ended_on: grant.endedOn },
});
