/** A desk in the demo: the tester acts as one member of staff after another, in one language, and takes pictures. */
import { chatWords } from '../../bot/workflows/chat/words.ts';
import { referralWords } from '../../bot/workflows/referral/words.ts';
import { sharedWords } from '../../bot/text/shared.ts';
import type { Card, Playground } from './playground.ts';

export const languages = ['da', 'en'] as const;
export type Language = (typeof languages)[number];

/** The four pictures of the README, all from the demo's made-up data. */
type Picture = 'status' | 'step' | 'tasks' | 'receipt';

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
    return this.ask(`sag ${number}`, this.words.shared.caseNumber(number));
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
