/** Dwellings for tests, straight into the store; and who has them. */
import { v7 as uuidv7 } from 'uuid';
import type { Scheme } from '../../bot/domain/schemes.ts';
import { Temporal } from '../../bot/domain/time.ts';
import { addDwelling } from '../../bot/store/dwelling-changes.ts';
import type { TestBot } from './bot.ts';

export interface PutDwelling {
  readonly address: string;
  readonly association?: string;
  readonly department?: string;
  readonly postcode?: string;
  readonly town?: string;
  readonly rooms?: number;
  readonly sizeM2?: number;
  readonly scheme?: Scheme;
  readonly rent?: number;
  readonly depositOere?: number;
  readonly vacantFrom?: string | null;
  readonly answerDueOn?: string | null;
}

const day = (iso: string | null): Temporal.PlainDate | null => (iso === null ? null : Temporal.PlainDate.from(iso));

/** Puts a dwelling in, vacant since 1 November 2026 unless told otherwise; resolves to its id. */
export function putDwelling(bot: TestBot, put: PutDwelling): Promise<string> {
  const { vacantFrom = '2026-11-01', answerDueOn = null, rent = 490_000, depositOere = null } = put;
  return bot.prisma.$transaction((tx) =>
    addDwelling(
      tx,
      {
        association: put.association ?? 'Boligforeningen Linden',
        department: put.department ?? 'Afdeling 12',
        address: put.address,
        postcode: put.postcode ?? '2200',
        town: put.town ?? 'København N',
        rooms: put.rooms ?? 2,
        sizeM2: put.sizeM2 ?? 54,
        scheme: put.scheme ?? 'state_subsidy',
        depositOere,
        vacantFrom: day(vacantFrom),
        answerDueOn: day(answerDueOn),
        rentOere: rent,
        rentFrom: Temporal.PlainDate.from('2026-01-01'),
      },
      { by: bot.town.staffIds.sanne, at: bot.deps.now() },
    ),
  );
}

/** The dwelling is offered in the case. */
export async function putOffer(
  { prisma }: TestBot,
  dwellingId: string,
  { id: referralId }: { id: string },
  state: 'reserved' | 'accepted' | 'declined' | 'expired' = 'reserved',
): Promise<void> {
  await prisma.offer.create({
    data: {
      referralId,
      dwellingId,
      state,
      offeredOn: new Date('2026-11-17'),
      answerDueOn: new Date('2026-11-24'),
    },
  });
}

/** The dwelling is let in the case, for a state subsidy if it has one. */
export async function putLease(
  { prisma }: TestBot,
  dwellingId: string,
  { id: referralId }: { id: string },
  startsOn = '2026-11-15',
): Promise<string> {
  const id = uuidv7();
  const createdAt = new Date('2026-11-10T10:00:00Z');
  await prisma.lease.create({ data: { id, dwellingId, referralId, startsOn: new Date(startsOn), createdAt } });
  return id;
}

/** Takes all dwellings out again, and what hangs on them. */
export async function clearStock({ prisma }: TestBot): Promise<void> {
  await prisma.leaseDuty.deleteMany();
  await prisma.subsidyGrant.deleteMany();
  await prisma.lease.deleteMany();
  await prisma.offer.deleteMany();
  await prisma.rentChange.deleteMany();
  await prisma.dwelling.deleteMany();
}
