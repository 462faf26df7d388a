/** How much is left of the frames: so many homes of a scheme from one day to another (domain.md §§ 0.1, 1.1, 2). */
import type { Frame } from './rules.ts';
import type { Scheme } from './schemes.ts';
import { type PlainDate, Temporal, isBefore } from './time.ts';

/** The homes that use frames up: those let or once lived in, and those reserved by an offer that still lives. */
export interface HomesOfSchemes {
  readonly leases: readonly { readonly scheme: Scheme; readonly startsOn: PlainDate }[];
  readonly offers: readonly { readonly scheme: Scheme; readonly offeredOn: PlainDate }[];
}

export interface FrameUse {
  readonly frame: Frame;
  /** Homes whose lease starts within it; of a yearly frame, in its year. */
  readonly used: number;
  /** Homes offered within it and not yet leased. */
  readonly reserved: number;
  /** Never less than 0. */
  readonly left: number;
  /** More is used and reserved than there are places. */
  readonly over: boolean;
  /** Its last day has passed. */
  readonly ended: boolean;
}

/** What is left of each frame. A yearly one counts the year of today: before it begins its first, once ended its last. */
export function frameUse(frames: readonly Frame[], homes: HomesOfSchemes, today: PlainDate): readonly FrameUse[] {
  return frames.map((frame) => {
    const [from, to] = [firstDay(frame), lastDay(frame)];
    const year = Math.min(Math.max(today.year, from.year), to.year);
    const counts = (scheme: Scheme, day: PlainDate): boolean =>
      scheme === frame.scheme && !isBefore(day, from) && !isBefore(to, day) && (!frame.yearly || day.year === year);
    const used = homes.leases.filter(({ scheme, startsOn }) => counts(scheme, startsOn)).length;
    const reserved = homes.offers.filter(({ scheme, offeredOn }) => counts(scheme, offeredOn)).length;
    const left = frame.places - used - reserved;
    return { frame, used, reserved, left: Math.max(0, left), over: left < 0, ended: isBefore(to, today) };
  });
}

/**
 * What to say before a home of the scheme is offered; it warns and never blocks. `full`: no frame in force has a place
 * left. `ended`: none is in force, but one has been. A scheme without frames, or with later ones only, needs no word.
 */
export function frameWarning(uses: readonly FrameUse[], scheme: Scheme, today: PlainDate): 'full' | 'ended' | null {
  const begun = uses.filter(({ frame }) => frame.scheme === scheme && !isBefore(today, firstDay(frame)));
  if (begun.length === 0) return null;
  const inForce = begun.filter(({ ended }) => !ended);
  if (inForce.length === 0) return 'ended';
  return inForce.every(({ left }) => left === 0) ? 'full' : null;
}

const firstDay = (frame: Frame): PlainDate => Temporal.PlainDate.from(frame.from);
const lastDay = (frame: Frame): PlainDate => Temporal.PlainDate.from(frame.to);
