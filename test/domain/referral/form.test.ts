import fc from 'fast-check';
import {
  choice,
  date,
  draftOf,
  type Form,
  inputValue,
  kroner,
  number,
  optionalChoice,
  optionalDate,
  optionalKroner,
  optionalText,
  parseForm,
  staffMember,
  text,
  yesNo,
} from '../../../bot/domain/referral/form.ts';

const every = {
  choice: choice(['one', 'two']),
  optionalChoice: optionalChoice(['one', 'two']),
  staff: staffMember(),
  text: text(20),
  optionalText: optionalText(20),
  date: date(),
  optionalDate: optionalDate(),
  kroner: kroner(),
  optionalKroner: optionalKroner(),
  number: number(1, 9),
  yesNo: yesNo(),
} satisfies Form;
const STAFF = '01a201f8-fa02-71f5-b759-3ec2a80ca378';
const good = {
  choice: 'one',
  staff: STAFF,
  text: '  hej  ',
  date: '3.3.2027',
  kroner: '4.800,50',
  number: '4',
  yesNo: 'true',
};

it('reads what a card sends', () => {
  expect(parseForm(every, good)).toEqual({
    ok: true,
    answers: {
      choice: 'one',
      optionalChoice: null,
      staff: STAFF,
      text: 'hej',
      optionalText: null,
      date: '2027-03-03',
      optionalDate: null,
      kroner: 480_050,
      optionalKroner: null,
      number: 4,
      yesNo: true,
    },
  });
});

it('says of every field at once what is wrong', () => {
  expect(parseForm(every, {})).toEqual({
    ok: false,
    problems: {
      choice: 'required',
      staff: 'required',
      text: 'required',
      date: 'required',
      kroner: 'required',
      number: 'required',
    },
  });
});

it.each([
  ['choice', 'three', 'choose'],
  ['choice', 'constructor', 'choose'],
  ['optionalChoice', 'three', 'choose'],
  ['staff', 'Jonas', 'choose'],
  ['text', 'x'.repeat(21), 'tooLong'],
  ['text', '010190-1234', 'cpr'],
  ['optionalText', 'Kim 0101901234', 'cpr'],
  ['date', '31.2.2027', 'date'],
  ['date', '3.3.', 'date'],
  ['kroner', '4.80', 'amount'],
  ['kroner', '-5', 'amount'],
  ['kroner', '100.000,01', 'amount'],
  ['optionalKroner', 'mange', 'amount'],
  ['number', '0', 'number'],
  ['number', '10', 'number'],
  ['number', '1,5', 'number'],
  ['number', 'to', 'number'],
] as const)('%s does not take "%s": %s', (field, typed, problem) => {
  expect(parseForm(every, { ...good, [field]: typed })).toEqual({ ok: false, problems: { [field]: problem } });
});

it.each(['', '   ', null, undefined])('takes %j as left out', (blank) => {
  const optional = {
    choice: every.optionalChoice,
    text: every.optionalText,
    date: every.optionalDate,
    kroner: every.optionalKroner,
  };
  const typed = Object.fromEntries(Object.keys(optional).map((name) => [name, blank]));
  expect(parseForm(optional, typed)).toEqual({
    ok: true,
    answers: { choice: null, text: null, date: null, kroner: null },
  });
});

const typed = fc.record(
  {
    choice: fc.constantFrom('one', 'two', 'three', ''),
    optionalChoice: fc.constantFrom('one', '', 'x'),
    staff: fc.oneof(fc.uuid(), fc.string()),
    text: fc.string({ maxLength: 25 }),
    optionalText: fc.string({ maxLength: 25 }),
    date: fc.oneof(
      fc
        .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
        .map((day) => day.toISOString().slice(0, 10)),
      fc.constantFrom('3.3.2027', 'den 3. marts 2027', '3/3-27', 'igår'),
    ),
    optionalDate: fc.constantFrom('', '24.12.2026', '2026-02-30'),
    kroner: fc.oneof(fc.integer({ min: 0, max: 10_000_000 }), fc.constantFrom('4.800', '4800,5', '0', 'kr. 12,-', 'x')),
    optionalKroner: fc.oneof(fc.integer(), fc.double(), fc.constantFrom('', '12')),
    number: fc.oneof(fc.integer({ min: -1, max: 11 }), fc.constantFrom('1', '9', '1e0', ' 3 ', '')),
    yesNo: fc.constantFrom('true', 'false', true, false, undefined, 'yes'),
  },
  { requiredKeys: [] },
);

it('reads what it stored as it stored it: parse(parse(x)) = parse(x), also by way of JSON', () => {
  fc.assert(
    fc.property(typed, (input) => {
      const once = parseForm(every, input);
      if (!once.ok) return;
      expect(parseForm(every, once.answers)).toEqual(once);
      expect(parseForm(every, JSON.parse(JSON.stringify(once.answers)) as typeof input)).toEqual(once);
    }),
    { numRuns: 500 },
  );
  // And not in vain: enough of them are well formed.
  fc.assert(
    fc.property(typed, (input) => {
      const once = parseForm(every, {
        ...good,
        ...Object.fromEntries(Object.entries(input).filter(([name]) => name === 'kroner')),
      });
      if (once.ok) expect(parseForm(every, once.answers)).toEqual(once);
    }),
  );
});

it('shows in an input what reads as the same answer again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000_000 }), (oere) => {
      const shown = inputValue('kroner', oere);
      expect(parseForm({ kroner: every.kroner }, { kroner: shown })).toEqual({ ok: true, answers: { kroner: oere } });
    }),
  );
  expect(inputValue('yesNo', true)).toBe('true');
  expect(inputValue('date', '2027-03-03')).toBe('2027-03-03');
  expect(inputValue('text', null)).toBe('');
  expect(inputValue('staff', STAFF)).toBe(STAFF);
});

it('never shows a CPR number again, whatever the field', () => {
  for (const { kind } of Object.values(every)) {
    expect(inputValue(kind, 'Kim 010190-1234 ok')).not.toContain('010190');
    expect(inputValue(kind, '0101901234')).not.toContain('0101901234');
  }
});

describe('a half-done form', () => {
  it('keeps the known fields as typed, and nothing else', () => {
    expect(draftOf(every, { ...good, kroner: 'måske 5', other: 'x', yesNo: true, number: '' })).toEqual({
      kept: { choice: 'one', staff: STAFF, text: '  hej  ', date: '3.3.2027', kroner: 'måske 5', yesNo: 'true' },
      refused: [],
    });
  });
  it('keeps no CPR number in any field, and says which', () => {
    const { kept, refused } = draftOf(every, {
      text: 'Kim 010190-1234',
      kroner: '0101901234',
      date: '010190 1234',
      staff: STAFF,
    });
    expect(kept).toEqual({ staff: STAFF });
    expect(refused.sort()).toEqual(['date', 'kroner', 'text']);
  });
  it('keeps no more of a field than a card has room for', () => {
    expect(draftOf(every, { text: 'x'.repeat(50_000) }).kept['text']?.length).toBe(2_000);
  });
});
