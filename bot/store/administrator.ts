/** The first administrator, who comes from the environment. */
import { v7 as uuidv7 } from 'uuid';
import { searchName } from '../text/normalise.ts';
import type { PrismaClient } from './generated/client.ts';

/** The unit above all others, made when no unit is there yet: an administrator belongs somewhere. */
const ROOT = { code: 'kommune', name: 'Kommunen', path: '/kommune/' };

/** Makes the person an administrator, also when staff were loaded before; changes nothing where they are one. */
export async function ensureAdministrator(
  prisma: PrismaClient,
  { aadObjectId, name }: { aadObjectId: string; name: string },
): Promise<void> {
  await prisma.$transaction(async (tx) => {
    await tx.$queryRawUnsafe(`select 1 as locked from pg_advisory_xact_lock(hashtext('hjemvej.first-administrator'))`);
    const staff = await tx.staff.upsert({
      where: { aadObjectId },
      create: { id: uuidv7(), aadObjectId, name, searchName: searchName(name) },
      update: { active: true },
    });
    const held = await tx.staffAssignment.count({ where: { staffId: staff.id, role: 'administrator' } });
    if (held > 0) return;
    const unit =
      (await tx.unit.findFirst({ where: { parentId: null, active: true }, orderBy: { path: 'asc' } })) ??
      (await tx.unit.create({ data: { id: uuidv7(), kind: 'administration', ...ROOT } }));
    await tx.staffAssignment.create({ data: { staffId: staff.id, role: 'administrator', unitId: unit.id } });
  });
}
