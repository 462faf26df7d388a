/** Every card, in both languages, parses in the official renderer without a word against it, whatever it holds. */
import type { StepDefinition } from '../../bot/domain/referral/definition.ts';
import { fileURLToPath } from 'node:url';
import { loadTemplates, maximumCharacters, renderCard } from '../../bot/teams/render.ts';
import { isObject, type Json } from '../../bot/teams/templates.ts';
import { sharedWords } from '../../bot/text/shared.ts';
import { type Locale, locales } from '../../bot/text/words.ts';
import '../../bot/workflows/app.ts';
import { type CardType, cardTypes, show } from '../../bot/workflows/card.ts';
import { notUnderstood, welcome } from '../../bot/workflows/chat/help.ts';
import { commands } from '../../bot/workflows/commands.ts';
import type { Turn } from '../../bot/workflows/context.ts';
import '../../bot/workflows/messages.ts';
import { admissionCard, startedCard } from '../../bot/workflows/referral/admission-card.ts';
import { admissionForm } from '../../bot/workflows/referral/admit.ts';
import { openStep } from '../../bot/workflows/referral/case.ts';
import { notesOf } from '../../bot/workflows/referral/journal-note.ts';
import { moreCard, noteCard } from '../../bot/workflows/referral/more-card.ts';
import { noticeCard, publicCard, receiptCard, statusCard } from '../../bot/workflows/referral/status-card.ts';
import { stepCard } from '../../bot/workflows/referral/step-card.ts';
import type { BotReply, CardView } from '../../bot/workflows/turn.ts';
import { caseAt, everyStep, longest, ordinary, type People, readerOf } from './case-files.ts';
import { MOST_ACTIONS } from './contract.ts';
import { judge } from './official-renderer.ts';
import { sampleOf, samplings } from './samples.ts';

const templates = loadTemplates(fileURLToPath(new URL('../../cards', import.meta.url)));

const TEXTS = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'value', 'fallbackText', 'id', 'altText'];

/** Everything wrong with a card as it is sent. */
function faultsOf(view: CardView): string[] {
  const card = renderCard(view, { templates });
  const faults = [...judge(card).complaints];
  const size = JSON.stringify(card).length;
  if (size >= maximumCharacters) faults.push(`has ${size} characters`);
  if (card['version'] !== '1.5') faults.push(`is of version ${String(card['version'])}`);
  if (!card['fallbackText']) faults.push('has no fallbackText');
  const check = (node: Json, path: string): void => {
    if (Array.isArray(node)) node.forEach((item, index) => check(item, `${path}[${index}]`));
    if (!isObject(node)) return;
    const { type, actions } = node;
    if (typeof type === 'string' && type.startsWith('Input.'))
      for (const needed of ['id', 'label', 'errorMessage'])
        if (!node[needed]) faults.push(`${path}: the ${type} has no ${needed}`);
    if (Array.isArray(actions) && actions.length > MOST_ACTIONS)
      faults.push(`${path} has ${actions.length} buttons, at most ${MOST_ACTIONS} are shown`);
    for (const key of TEXTS)
      if (key in node && typeof node[key] !== 'string')
        faults.push(`${path}.${key} is ${JSON.stringify(node[key]).slice(0, 60)}, no text`);
    for (const [key, value] of Object.entries(node)) {
      if (value === null) faults.push(`${path}.${key} is null`);
      if (typeof value === 'string' && /\bundefined\b|\bNaN\b|\[object |\binvalid date\b/i.test(value))
        faults.push(`${path}.${key} is "${value}"`);
      if (key !== 'data') check(value, `${path}.${key}`);
    }
  };
  check(card, 'card');
  return faults.map((fault) => `cards/${view.template}.json ${fault}`);
}

/** Each input wrong at once: the errors must find their place too. */
const errorsOf = ({ inputs }: CardType, locale: Locale) =>
  Object.fromEntries(inputs.map((name) => [name.replace('*', 'id-0'), sharedWords[locale].problems.cpr]));

describe.each(locales)('in %s', (locale) => {
  describe.each(cardTypes.map((type) => [type.template, type] as const))('%s', (_name, type) => {
    const json = templates.get(type.template)?.json ?? {};
    test('whatever it holds', () => {
      const stamp = { caseId: '00000000-0000-7000-8000-000000000001', version: 1 };
      const faults = samplings.flatMap(([what, sampling]) => {
        const data = sampleOf(type.data, json, sampling);
        expect(type.data.safeParse(data).error).toBeUndefined();
        const view = show(type, locale, { data, summary: 'Sag 142', stamp });
        const wrong = { ...view, errors: errorsOf(type, locale) };
        return [...faultsOf(view), ...faultsOf(wrong)].map((fault) => `with ${what}: ${fault}`);
      });
      // One fault shows in many samples: the first few say enough.
      expect(faults.slice(0, 4)).toEqual([]);
    });

    test('reads as text', () => {
      const data = sampleOf(type.data, json, { text: 'Prøvetekst', flags: true, rows: 1 });
      const card = renderCard(show(type, locale, { data, summary: 'Sag 142', stamp: {} }), { templates });
      const text = judge(card).text();
      expect(text).toMatch(/\p{L}{3}/u);
      expect(text).not.toMatch(/\$\{|undefined|\[object/);
    });
  });

  describe.each([
    ['ordinary', ordinary],
    ['the longest', longest],
  ] as const)('made of %s cases', (_kind, people) => {
    const reader = readerOf(locale, people);
    test.each(viewsOf(locale, people))('%s', (_what, make) => {
      const view = make();
      const type = cardTypes.find(({ template }) => template === view.template);
      expect(type?.data.safeParse(view.data).error).toBeUndefined();
      expect(faultsOf(view)).toEqual([]);
      for (const secret of [people.citizen, people.note.slice(0, 40)]) expect(view.summary).not.toContain(secret);
      expect(view.words['lang']).toBe(reader.locale);
    });
  });

  test('what Teams draws is read as numbers where it cannot be drawn', () => {
    const rows = [{ day: '11.11.2026', attendance: '4 af 6', done: '3 af 5' }];
    const type = cardTypes.find(({ template }) => template === 'review/overview')!;
    const data = { ...sampleOf(type.data, {}, { text: 'Prøvetekst', flags: true, rows: 1 }), rows };
    const { complaints, text } = judge(renderCard(show(type, locale, { data, summary: 'Sag 142' }), { templates }));
    expect(complaints).toEqual([]);
    for (const shown of Object.values(rows[0]!)) expect(text()).toContain(shown);
  });

  test('what stands in channels names nobody', () => {
    const text = JSON.stringify(publicCard(142, locale));
    for (const secret of Object.values(ordinary)) expect(text).not.toContain(secret);
  });
});

/** The cards as the workflows make them: at every step, with all that can be said on them. */
function viewsOf(locale: Locale, people: People): [string, () => CardView][] {
  const reader = readerOf(locale, people);
  /** As many as a list of colleagues or free dwellings may hold, none of them short. */
  const choicesFor = ({ form }: StepDefinition) =>
    Object.fromEntries(
      Object.entries(form)
        .filter(([, { kind }]) => kind === 'staff' || kind === 'dwelling')
        .map(([name]) => [name, colleagues.slice(0, 12).map(({ id, name: title }) => ({ value: id, title }))]),
    );
  const colleagues = Array.from({ length: 25 }, (_, index) => ({
    id: `00000000-0000-7000-8000-${String(index + 500).padStart(12, '0')}`,
    name: people.staff.slice(0, 60),
  }));
  const steps = everyStep.flatMap((step): [string, () => CardView][] => {
    const file = caseAt(step, people, { draft: true });
    const closed = caseAt(step, people, { closed: true });
    const open = openStep(file);
    const problems = Object.fromEntries(Object.keys(step.form).map((name) => [name, 'cpr']));
    const lines = [people.staff, people.note];
    const kept = Object.keys(step.form).map((title) => ({
      title,
      value: people.note.slice(0, step.form[title]?.maxLength ?? 60),
    }));
    return [
      [`the status at ${step.id}`, () => statusCard(file, reader)],
      [`the status at ${step.id} after a stale press`, () => statusCard(file, reader, { banner: people.staff, kept })],
      [
        `the status closed at ${step.id}`,
        () => statusCard(closed, reader, { problems: { '': 'caseClosed', toldOn: 'date' } }),
      ],
      [
        `the receipt at ${step.id}`,
        () => receiptCard(file, reader, { title: step.id, lines, note: lastNote(file, reader) }),
      ],
      [
        `the notice at ${step.id}`,
        () => noticeCard(file, reader, { title: step.id, preview: 'Sag 142', lines, doStep: step.id }),
      ],
      [
        `more at ${step.id}`,
        () => moreCard(file, reader, { colleagues, problems: { step: 'choose', reason_stop: 'reason' } }),
      ],
      [`more when closed at ${step.id}`, () => moreCard(closed, reader, { colleagues: [] })],
      [`the notes at ${step.id}`, () => noteCard(caseAt(step, people, { times: 3 }), reader)],
      ...(open && step.id !== 'admission'
        ? ([
            [`the step ${step.id}`, () => stepCard(file, open, reader, { choices: choicesFor(open.step) })],
            [
              `the step ${step.id} with errors`,
              () =>
                stepCard(file, open, reader, {
                  choices: choicesFor(open.step),
                  problems,
                  typed: file.draft?.input ?? {},
                  banner: people.staff,
                }),
            ],
          ] as [string, () => CardView][])
        : []),
    ];
  });
  const shelters = Array.from({ length: 12 }, (_, index) => ({
    id: `00000000-0000-7000-8000-00000000000${index}`,
    code: `s${index}`,
    name: 'Herbergscentret på Frederikssundsvej',
    path: '/sf/s/',
    authorityId: null,
    authorityPath: null,
  }));
  const names = Object.keys(admissionForm);
  const draft = {
    id: '00000000-0000-7000-8000-000000000099',
    version: 3,
    input: { name: people.citizen },
    cpr: null,
    at: reader.now,
  };
  const turn = { ...reader, place: { kind: 'personal' }, deps: { ...reader.deps, demo: true } } as Turn;
  return [
    ...steps,
    ['a new admission', () => admissionCard(reader, { shelters, draft: null })],
    ['an admission begun', () => admissionCard(reader, { shelters, draft })],
    [
      'an admission with errors',
      () =>
        admissionCard(reader, {
          shelters,
          draft,
          typed: Object.fromEntries(names.map((name) => [name, people.note.slice(0, 120)])),
          problems: Object.fromEntries([...names, 'cpr', ''].map((name) => [name, 'required'])),
        }),
    ],
    ['an admission to go on with', () => startedCard(draft, reader)],
    ['the public card', () => publicCard(142, locale)],
    ['the welcome', () => cardIn(welcome(turn, commands))],
    ['what was not understood', () => cardIn(notUnderstood(turn, people.note.slice(0, 60), [], commands))],
  ];
}

const lastNote = (...given: Parameters<typeof notesOf>): readonly string[] =>
  notesOf(...given)[0]?.lines.map(({ text }) => text) ?? [];

function cardIn(reply: BotReply): CardView {
  if (reply.kind !== 'card') throw new Error('No card');
  return reply.card;
}
