/** Fills an empty database with the demo: units, staff, an absence, dwellings, residents at every step, reviews, and what BIF was asked. */
import { addCheckIns } from './seed-check-ins.ts';
import { addDwellings, addFrames } from './seed-dwellings.ts';
import { addHomes } from './seed-homes.ts';
import type { Seeding } from './seeding.ts';
import { demoStaff } from './people.ts';
import { addResidents, residentsOf } from './seed-residents.ts';
import { addReviews } from './seed-reviews.ts';
import { addAbsence, addStaff, addUnits } from './seed-town.ts';
import { stockOn } from './stock.ts';

/** Does nothing when the demo's staff are there already. */
export async function seedDemo(seeding: Seeding): Promise<void> {
  await seeding.prisma.$transaction(
    async (tx) => {
      // Two replicas that start at once take turns; the second finds the work done.
      await tx.$queryRawUnsafe(`select 1 as locked from pg_advisory_xact_lock(hashtextextended('demo', 0))`);
      const aadObjectIds = demoStaff.map(({ aadObjectId }) => aadObjectId);
      if ((await tx.staff.count({ where: { aadObjectId: { in: aadObjectIds } } })) > 0) return;
      const unitOf = await addUnits(tx);
      const staffOf = await addStaff(tx, unitOf, seeding);
      await addAbsence(tx, staffOf, seeding);
      const stock = stockOn(seeding.today);
      const residents = residentsOf(stock, staffOf, seeding);
      await addDwellings(tx, stock.dwellings(), staffOf, seeding);
      await addFrames(tx, seeding.today);
      await addResidents(tx, residents, unitOf, staffOf, seeding);
      await addHomes(tx, residents);
      await addReviews(tx, residents, unitOf, staffOf, seeding);
      await addCheckIns(tx, residents, staffOf, seeding);
    },
    { timeout: 60_000 },
  );
}
