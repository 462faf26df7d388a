/** One turn: who asks, in which language, where, and on which legal day. */
import type { Audience } from '../domain/access.ts';
import type { Instant, PlainDate } from '../domain/time.ts';
import type { StaffMember } from '../store/people.ts';
import type { Locale } from '../text/words.ts';
import type { Deps } from './deps.ts';
import type { Place } from './turn.ts';

export interface Turn {
  readonly deps: Deps;
  readonly actor: StaffMember;
  readonly locale: Locale;
  readonly place: Place;
  /** The sender's own Entra object id: in demo mode the actor may be another. */
  readonly testerId?: string;
  /** Who sees the answer: the person in their own chat, or all who read the conversation. */
  readonly audience: Audience;
  readonly now: Instant;
  readonly today: PlainDate;
}
