/**
 * The fields a form may ask: each reads both what a card sends (strings) and what was stored (already parsed), so
 * that answers kept as JSON are parsed by the same rule on every read.
 */
import { z } from 'zod';
import type { StaffRole } from '../access.ts';
import { containsCpr, withoutCpr } from '../cpr.ts';
import type { Oere } from '../money.ts';
import { parseDanishAmount, parseDanishDate } from '../typed.ts';

/** Codes of what can be wrong with a field; the words are in `text/shared.ts`. */
export type FieldProblem = 'required' | 'choose' | 'date' | 'amount' | 'number' | 'tooLong' | 'cpr' | 'unknown';

export interface Field<T = unknown> {
  readonly kind: 'choice' | 'staff' | 'dwelling' | 'text' | 'date' | 'kroner' | 'number' | 'yesNo';
  readonly schema: z.ZodType<T>;
  readonly choices?: readonly string[];
  /** The roles of those who can be chosen. */
  readonly roles?: readonly StaffRole[];
  readonly maxLength?: number;
}
export type Form = Readonly<Record<string, Field>>;
export type Answers<F extends Form> = { readonly [K in keyof F]: F[K] extends Field<infer T> ? T : never };

const blank = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
const problem = (code: FieldProblem) => ({ error: () => code });

/** Wraps a rule for a filled-in field: a blank is `required`, or null where the field may be left out. */
function field<T>(rule: z.ZodType<T>): z.ZodType<T> {
  return z.unknown().transform((value, context) => {
    if (blank(value)) {
      context.addIssue({ code: 'custom', message: 'required' });
      return z.NEVER;
    }
    const parsed = rule.safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'unknown' });
    return z.NEVER;
  });
}
const orNull = <T>(schema: z.ZodType<T>): z.ZodType<T | null> =>
  z.unknown().transform((value, context) => {
    if (blank(value)) return null;
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    context.addIssue({ code: 'custom', message: parsed.error.issues[0]?.message ?? 'unknown' });
    return z.NEVER;
  });

/** One of a coded list. */
export function choice<const C extends readonly [string, ...string[]]>(choices: C): Field<C[number]> {
  return { kind: 'choice', choices, schema: field(z.enum(choices, problem('choose'))) };
}

export function optionalChoice<const C extends readonly [string, ...string[]]>(choices: C): Field<C[number] | null> {
  return { kind: 'choice', choices, schema: orNull(z.enum(choices, problem('choose'))) };
}

const id = z.uuid(problem('choose'));

/** A member of staff by id; whether this one may be chosen is asked where the list of choices is made. */
export function staffMember(...roles: readonly StaffRole[]): Field<string> {
  return { kind: 'staff', roles, schema: field(id) };
}

export function optionalStaffMember(...roles: readonly StaffRole[]): Field<string | null> {
  return { kind: 'staff', roles, schema: orNull(id) };
}

/** A dwelling by id; whether it is free is asked when it is reserved. */
export function dwelling(): Field<string> {
  return { kind: 'dwelling', schema: field(id) };
}

const words = (maxLength: number) =>
  z
    .string()
    .trim()
    .max(maxLength, problem('tooLong'))
    .refine((text) => !containsCpr(text), problem('cpr'));

/** People's own words; refused when they hold a CPR number (design.md § 4.2). */
export function text(maxLength: number): Field<string> {
  return { kind: 'text', maxLength, schema: field(words(maxLength)) };
}

export function optionalText(maxLength: number): Field<string | null> {
  return { kind: 'text', maxLength, schema: orNull(words(maxLength)) };
}

const isoDate = z.string().transform((typed, context) => {
  const date = parseDanishDate(typed);
  if (date) return date.toString();
  context.addIssue({ code: 'custom', message: 'date' satisfies FieldProblem });
  return z.NEVER;
});

/** A legal day; stored as ISO. */
export function date(): Field<string> {
  return { kind: 'date', schema: field(isoDate) };
}

export function optionalDate(): Field<string | null> {
  return { kind: 'date', schema: orNull(isoDate) };
}

const MAX_OERE = 10_000_000;
const oereUpTo = (most: Oere) =>
  z.unknown().transform((value, context) => {
    const amount = typeof value === 'number' ? value : typeof value === 'string' ? parseDanishAmount(value) : null;
    if (amount !== null && Number.isSafeInteger(amount) && amount >= 0 && amount <= most) return amount;
    context.addIssue({ code: 'custom', message: 'amount' satisfies FieldProblem });
    return z.NEVER;
  });

/** An amount up to 100,000 kr.: typed in kroner (a string), stored in øre (a number). */
export function kroner(): Field<number> {
  return { kind: 'kroner', schema: field(oereUpTo(MAX_OERE)) };
}

export function optionalKroner(most: Oere = MAX_OERE): Field<number | null> {
  return { kind: 'kroner', schema: orNull(oereUpTo(most)) };
}

const whole = (min: number, max: number) =>
  z.coerce.number(problem('number')).int(problem('number')).min(min, problem('number')).max(max, problem('number'));

/** A whole number from `min` to `max`, both included. */
export function number(min: number, max: number): Field<number> {
  return { kind: 'number', schema: field(whole(min, max)) };
}

export function optionalNumber(min: number, max: number): Field<number | null> {
  return { kind: 'number', schema: orNull(whole(min, max)) };
}

/** A ticked box: a card sends `'true'` or `'false'`; a missing one is not ticked. */
export function yesNo(): Field<boolean> {
  return { kind: 'yesNo', schema: z.unknown().transform((value) => value === true || value === 'true') };
}

export type ParsedForm<F extends Form> =
  | { readonly ok: true; readonly answers: Answers<F> }
  | { readonly ok: false; readonly problems: Readonly<Record<string, FieldProblem>> };

/** Parses what was typed or stored; every field is looked at, so that all errors come back at once. */
export function parseForm<F extends Form>(form: F, input: Readonly<Record<string, unknown>>): ParsedForm<F> {
  const answers: Record<string, unknown> = {};
  const problems: Record<string, FieldProblem> = {};
  for (const [name, { schema }] of Object.entries(form)) {
    const parsed = schema.safeParse(input[name]);
    if (parsed.success) answers[name] = parsed.data;
    else problems[name] = (parsed.error.issues[0]?.message ?? 'unknown') as FieldProblem;
  }
  return Object.keys(problems).length > 0 ? { ok: false, problems } : { ok: true, answers: answers as Answers<F> };
}

/** What a half-done form keeps: the known fields as typed, without any that hold a CPR number. */
export function draftOf(
  form: Form,
  input: Readonly<Record<string, unknown>>,
): { kept: Record<string, string>; refused: string[] } {
  const kept: Record<string, string> = {};
  const refused: string[] = [];
  for (const name of Object.keys(form)) {
    const value = input[name];
    if (blank(value)) continue;
    const typed = String(value).slice(0, LONGEST);
    if (containsCpr(typed)) refused.push(name);
    else kept[name] = typed;
  }
  return { kept, refused };
}

/** No honest answer is longer, and a card has room for it. */
const LONGEST = 2_000;

/** What an input shows for a stored or typed value; a CPR number in somebody's own words is not said again. */
export function inputValue(kind: Field['kind'], value: unknown): string {
  if (value === null || value === undefined) return '';
  if (kind === 'kroner' && typeof value === 'number') return (value / 100).toString().replace('.', ',');
  return withoutCpr(String(value).slice(0, LONGEST), '[…]');
}
