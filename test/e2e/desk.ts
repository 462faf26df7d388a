/** A desk in the demo: the tester acts as one member of staff after another, in one language, and takes pictures. */
import { chatWords } from '../../bot/workflows/chat/words.ts';
import { referralWords } from '../../bot/workflows/referral/words.ts';
import { sharedWords } from '../../bot/text/shared.ts';
import type { Step } from '../../bot/workflows/referral/step.ts';
import type { Card, Playground } from './playground.ts';

const both = ['da', 'en'] as const;
export type Language = (typeof both)[number];

/** Both, unless E2E_LANGUAGE names one: `.ci/run` walks in Danish alone, as it has a quarter of an hour. */
export const languages: readonly Language[] = both.filter((language) =>
  [undefined, '', language].includes(process.env['E2E_LANGUAGE']),
);

/** The pictures of the README, all from the demo's made-up data. */
type Picture = 'status' | 'step' | 'tasks' | 'receipt' | 'shortlist' | 'home' | 'review';

export class Desk {
  readonly chat: Playground;
  readonly language: Language;
  constructor(chat: Playground, language: Language) {
    this.chat = chat;
    this.language = language;
  }

  get words() {
    return {
      chat: chatWords[this.language],
      referral: referralWords[this.language],
      shared: sharedWords[this.language],
    };
  }

  /** These colleagues read this desk's language from now on: before the first message to them comes. */
  async settle(...names: string[]): Promise<void> {
    for (const name of names) {
      await this.become(name);
      await this.chat.say(`sprog ${this.language}`);
    }
  }

  /** From now on the tester is this member of staff. */
  async become(name: string): Promise<void> {
    await this.chat.say(`rolle ${name}`);
  }

  /** Writes a command and waits for the card that answers it, which shows this text. */
  async ask(command: string, text: string | RegExp = ''): Promise<Card> {
    const before = await this.chat.cardCount();
    await this.chat.say(command);
    return this.chat.theCard(text, { after: before });
  }

  /** The status card of a case. */
  async open(number: number): Promise<Card> {
    const { shared, referral } = this.words;
    const before = await this.chat.cardCount();
    await this.chat.say(`sag ${number}`);
    // A message about the same case may come at the same moment: only the status card shows the way.
    const isStatus = (shown: string): boolean =>
      [shared.caseNumber(number), referral.remaining].every((part) => shown.includes(part));
    return this.chat.theCard(isStatus, { after: before });
  }

  /** The message that tells this person of a case: it comes of its own accord. */
  async notice(number: number, kind: keyof typeof referralWords.da.notice, name: string): Promise<Card> {
    const [title, to] = [this.words.referral.notice[kind], this.words.chat.demoFor(name)];
    return this.chat.theCard((shown) =>
      [title, to, this.words.shared.caseNumber(number)].every((part) => shown.includes(part)),
    );
  }

  async picture(name: string, card: Card, forDocs?: Picture): Promise<void> {
    await this.chat.screenshot(`${this.language}-${name}`, {
      of: card,
      ...(forDocs && this.language === 'da' && { forDocs }),
    });
  }
}

/** A day as the date inputs take it; negative for the past. */
export function daysFromNow(days: number): string {
  const day = new Date(Date.now() + days * 86_400_000);
  return day.toLocaleDateString('sv-SE', { timeZone: 'Europe/Copenhagen' });
}

type Texts = Readonly<Record<string, string>>;

/** A step's words, asked for by name; one that is not there fails the test at once. */
export function wordsOf({ words, definition }: Step, language: Language) {
  const { title, fields, choices, outcomes, results, reasons, problems } = words[language];
  const from = (table: Texts | undefined, name: string): string => {
    const text = table?.[name];
    if (text === undefined) throw new Error(`Step '${definition.id}' has no word '${name}'`);
    return text;
  };
  const choiceTables: Readonly<Record<string, Texts>> = choices;
  return {
    title,
    field: (name: string) => from(fields, name),
    choice: (field: string, name: string) => from(choiceTables[field], name),
    outcome: (name: string) => from(outcomes, name),
    result: (name: string) => from(results, name),
    reason: (name: string) => from(reasons, name),
    problem: (name: string) => from(problems, name),
    /** Chooses in the step's card. */
    choose: (card: Card, field: string, name: string) =>
      card.choose(from(fields, field), from(choiceTables[field], name)),
    /** Writes in the step's card. */
    fill: (card: Card, field: string, value: string | boolean) => card.fill(from(fields, field), value),
  };
}
