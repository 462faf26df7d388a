/** The documents that staff fetch with a link: who makes each, and may whoever has the link still have it. */
import { legalDate, type Instant, type PlainDate, Temporal } from '../domain/time.ts';
import { type DocumentLink, makeDocumentLink, useDocumentLink } from '../store/document-links.ts';
import type { Tx } from '../store/database.ts';
import { findByStaffId, type StaffMember } from '../store/people.ts';
import type { Deps } from './deps.ts';

export interface DocumentFile {
  /** What the browser saves it as. */
  readonly filename: string;
  readonly bytes: Uint8Array;
}

export interface DocumentRequest {
  readonly deps: Deps;
  /** Whoever fetches it, with the rights of now: the maker asks them, not those of when the link was made. */
  readonly actor: StaffMember;
  readonly subject: DocumentLink['subject'];
  readonly now: Instant;
  readonly today: PlainDate;
}

/** Makes a document, and writes in the access log who got it; null when it is not there, or not for this person. */
export type DocumentMaker = (request: DocumentRequest) => Promise<DocumentFile | null>;

/** By the kind of their links; `document-makers.ts` has them all. */
export type DocumentMakers = Readonly<Record<string, DocumentMaker>>;

/** The address by which a person fetches a document, once; null when no browser can reach the bot (HJEMVEJ_PUBLIC_URL). */
export async function linkToDocument(
  { publicUrl }: Deps,
  tx: Tx,
  link: DocumentLink & { readonly now: Instant },
): Promise<string | null> {
  return publicUrl === null ? null : `${publicUrl}/documents/${await makeDocumentLink(tx, link)}`;
}

/** Uses the link up and makes its document; null, whatever the reason, when there is none to be had. */
export async function fetchDocument(deps: Deps, token: string, makers: DocumentMakers): Promise<DocumentFile | null> {
  // In whole milliseconds, as the store keeps instants.
  const now = Temporal.Instant.fromEpochMilliseconds(deps.now().epochMilliseconds);
  const today = legalDate(now);
  const link = await useDocumentLink(deps.db, token, now);
  if (!link) return null;
  const actor = await findByStaffId(deps.db, link.staffId, today);
  // As in the chat: somebody who has no role any more is known to nobody.
  if (!actor || (actor.assignments.length === 0 && actor.standsInFor.length === 0)) return null;
  const make = Object.hasOwn(makers, link.kind) ? makers[link.kind] : undefined;
  if (!make) {
    deps.log.warn({ kind: link.kind }, 'Nobody makes this kind of document');
    return null;
  }
  return make({ deps, actor, subject: link.subject, now, today });
}
