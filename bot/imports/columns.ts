/** What a column of a list is: its header, what its cells may hold, and how a cell is read. */
import { z } from 'zod';
import { containsCpr, parseCpr } from '../domain/cpr.ts';
import { type Oere, oere } from '../domain/money.ts';
import { parseDanishAmount, parseDanishDate } from '../domain/typed.ts';
import { searchName } from '../text/normalise.ts';
import type { ProblemCode } from './problems.ts';

export interface Column<T = unknown, Required extends boolean = boolean> {
  /** As the municipality's list has it, and as problems name it. */
  readonly header: string;
  readonly aliases: readonly string[];
  /** Every row must have a value. Otherwise the column may be left out of the file. */
  readonly required: Required;
  readonly field: z.ZodType<T, string>;
  /** What it holds: the text of docs/import.md. */
  readonly meaning: string;
  /** The values to choose from, in Danish. */
  readonly allowed?: readonly string[];
  /** The least and the most, of a number. */
  readonly bounds?: string;
}
export type Columns = Readonly<Record<string, Column>>;

/** A row as read. Null is an empty cell; undefined a column that the file does not have. */
export type Row<C extends Columns = Columns> = { readonly line: number } & {
  readonly [K in keyof C]: C[K] extends Column<infer T, infer R> ? (R extends true ? T : T | null | undefined) : never;
};

export interface Problem {
  /** Null when it is about the file as a whole. */
  readonly line: number | null;
  readonly column: Column | null;
  /** Which column of the file, counted from 1, where it is none of ours. */
  readonly columnNumber?: number;
  readonly code: ProblemCode;
  /** A number or a list of our own words; never what stood in the cell. */
  readonly detail?: string;
}

interface Head {
  readonly header: string;
  readonly aliases?: readonly string[];
  readonly meaning: string;
}
interface Reading<T> {
  readonly field: z.ZodType<T, string>;
  readonly allowed?: readonly string[];
  readonly bounds?: string;
}

export const required = <T>(head: Head, reading: Reading<T>): Column<T, true> => ({
  aliases: [],
  ...head,
  ...reading,
  required: true,
});
export const optional = <T>(head: Head, reading: Reading<T>): Column<T, false> => ({
  aliases: [],
  ...head,
  ...reading,
  required: false,
});

/** A rule for a filled cell: it gives back the value, or what `wrong` does with the code of the problem. */
const reading = <T>(read: (cell: string, wrong: (code: ProblemCode) => never) => T): z.ZodType<T, string> =>
  z.string().transform((cell, context) =>
    read(cell, (code) => {
      context.addIssue({ code: 'custom', message: code });
      return z.NEVER;
    }),
  );

/** Words of a limited length, without a CPR number in them. */
export const text = (max: number): Reading<string> => ({
  field: reading((cell, wrong) =>
    cell.length > max ? wrong('tooLong') : containsCpr(cell) ? wrong('holdsCpr') : cell,
  ),
});

/** A legal day, kept as ISO. */
export const day: Reading<string> = {
  field: reading((cell, wrong) => parseDanishDate(cell)?.toString() ?? wrong('date')),
};

/** Kroner as typed in Danish, kept in øre: no less than `least`, and no more than any home costs. */
export const kroner = (least: Oere = 0): Reading<Oere> => ({
  field: reading((cell, wrong) => {
    const amount = parseDanishAmount(cell);
    return amount !== null && amount >= least && amount <= MOST_OERE ? amount : wrong('amount');
  }),
});
const MOST_OERE = oere(1_000_000);

/** A whole number, also where a spreadsheet gave it decimals of nothing: `58`, `58,00`. */
export const wholeNumber = (least: number, most: number): Reading<number> => ({
  field: reading((cell, wrong) => {
    const number = /^\d{1,6}(?:,0+)?$/.test(cell) ? Number.parseInt(cell, 10) : Number.NaN;
    return number >= least && number <= most ? number : wrong('number');
  }),
  bounds: `${least}-${most}`,
});

export const postcode: Reading<string> = {
  field: reading((cell, wrong) => (/^\d{4}$/.test(cell) ? cell : wrong('postcode'))),
};

export const objectId: Reading<string> = {
  field: reading((cell, wrong) =>
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(cell) ? cell.toLowerCase() : wrong('objectId'),
  ),
};

export const unitCode: Reading<string> = {
  field: reading((cell, wrong) =>
    /^[a-z\d](?:[a-z\d-]{0,38}[a-z\d])?$/i.test(cell) ? cell.toLowerCase() : wrong('unitCode'),
  ),
};

/** Ten digits, and a birthday that exists; whether it lies in the future is asked with the day of the import. */
export const cprNumber: Reading<{ readonly cpr: string; readonly bornOn: string; readonly fits: boolean }> = {
  field: reading((cell, wrong) => {
    const parsed = parseCpr(cell);
    if (!parsed.ok) return wrong(parsed.problem === 'date' ? 'cprDate' : 'cprFormat');
    return { cpr: parsed.cpr, bornOn: parsed.birthDate.toString(), fits: parsed.warning === undefined };
  }),
};

/** One of a coded list, by the code or by any of the words for it; the first word is the one that problems offer. */
export function oneOf<const Code extends string>(
  names: Readonly<Record<Code, readonly [string, ...string[]]>>,
): Reading<Code> {
  const codes = new Map<string, Code>();
  for (const [code, words] of Object.entries(names) as [Code, readonly string[]][]) {
    for (const word of [code, ...words]) codes.set(headerKey(word), code);
  }
  return {
    field: reading((cell, wrong) => codes.get(headerKey(cell)) ?? wrong('oneOf')),
    allowed: (Object.values(names) as [string, ...string[]][]).map(([word]) => word),
  };
}

const truth = oneOf({
  yes: ['ja', 'j', 'true', 'sand', '1', 'x', 'aktiv'],
  no: ['nej', 'n', 'false', 'falsk', '0', 'inaktiv'],
});
export const yesNo: Reading<boolean> = {
  field: truth.field.transform((word) => word === 'yes'),
  allowed: ['ja', 'nej'],
};

/** How headers and coded words are compared: without case, spaces, punctuation, and with `ø` as `oe`. */
export function headerKey(header: string): string {
  return searchName(header).replaceAll(' ', '');
}

/** The table of a list's columns in docs/import.md; a test compares the two. */
export function describeColumns(columns: Columns): string {
  const rows = Object.values(columns).map(({ header, aliases, required: must, meaning, allowed, bounds }) => {
    const values = allowed
      ? ` One of: ${allowed.map((word) => `*${word}*`).join(', ')}.`
      : bounds
        ? ` A whole number, ${bounds}.`
        : '';
    return [
      `**${header}**`,
      aliases.map((alias) => `\`${alias}\``).join(', '),
      must ? 'yes' : 'no',
      `${meaning}${values}`,
    ];
  });
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['Header', 'Also read', 'Required', 'What it holds']),
    line(['---', '---', '---', '---']),
    ...rows.map(line),
  ].join('\n');
}
