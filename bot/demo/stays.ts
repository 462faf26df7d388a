/** The stays at shelters of one story. */
import type { PlainDate } from '../domain/time.ts';
import type { Story } from './story.ts';

export interface DemoStay {
  readonly decidedOn: PlainDate;
  readonly referredFrom: string;
  readonly municipalityToldOn: PlainDate | null;
  readonly endedOn: PlainDate | null;
  /** Null for one that a readmission ended, or nobody yet. */
  readonly discharge: (NonNullable<Story['discharge']> & { readonly byId: string }) | null;
}

export interface DemoStays {
  /** The earliest first. */
  readonly list: readonly DemoStay[];
  /** Ends the stay that lasts, if one does. */
  readonly end: (on: PlainDate, discharge: DemoStay['discharge']) => void;
  readonly readmit: (on: PlainDate, referredFrom: string) => void;
}

type Admission = Pick<DemoStay, 'decidedOn' | 'referredFrom' | 'municipalityToldOn'>;

export function staysFrom(admission: Admission): DemoStays {
  const list: DemoStay[] = [];
  const admit = (admitted: Admission) => list.push({ ...admitted, endedOn: null, discharge: null });
  const end: DemoStays['end'] = (endedOn, discharge) => {
    const last = list.at(-1);
    if (last?.endedOn === null) list[list.length - 1] = { ...last, endedOn, discharge };
  };
  admit(admission);
  return {
    ...{ list, end },
    readmit(on, referredFrom) {
      end(on, null);
      admit({ decidedOn: on, referredFrom, municipalityToldOn: on });
    },
  };
}
