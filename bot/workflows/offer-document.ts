/** The card that leads a person, in their own chat, to a document: its link works once. */
import { z } from 'zod';
import { words as wordTable } from '../text/words.ts';
import { defineCard, pickWords, show } from './card.ts';
import type { Turn } from './context.ts';
import { linkToDocument } from './documents.ts';
import type { BotReply } from './turn.ts';

const documentWords = wordTable({
  da: {
    once: 'Linket virker én gang og kun i fem minutter.',
    open: 'Åbn dokumentet',
    noAddress: 'Dokumenter kan ikke hentes endnu: driften mangler at sætte adressen op (HJEMVEJ_PUBLIC_URL).',
  },
  en: {
    once: 'The link works once, and only for five minutes.',
    open: 'Open the document',
    noAddress: 'Documents cannot be fetched yet: the operators have not set the address (HJEMVEJ_PUBLIC_URL).',
  },
});

const linkType = defineCard({
  template: 'documents/link',
  data: z.strictObject({ title: z.string(), url: z.url() }),
  words: pickWords(documentWords, 'once', 'open'),
  inputs: [],
});

export interface OfferedDocument {
  readonly kind: string;
  /** Ids, never words. */
  readonly subject: Readonly<Record<string, string>>;
  readonly title: string;
}

export async function offerDocument(turn: Turn, { kind, subject, title }: OfferedDocument): Promise<BotReply> {
  const { deps, actor, now, locale } = turn;
  const url = await deps.db.$transaction((tx) =>
    linkToDocument(deps, tx, { kind, subject, staffId: actor.staffId, now }),
  );
  if (url === null) return { kind: 'text', text: documentWords[locale].noAddress };
  return { kind: 'card', card: show(linkType, locale, { data: { title, url }, summary: title }) };
}
