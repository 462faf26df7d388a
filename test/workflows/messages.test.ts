import { v7 as uuidv7 } from 'uuid';
import { Temporal } from '../../bot/domain/time.ts';
import type { Deps } from '../../bot/workflows/deps.ts';
import { compose } from '../../bot/workflows/messages.ts';

it.each(['case.turn', 'case.open', 'absence.recorded'])('%s is made for no channel', async (kind) => {
  // Without anything to read a case with.
  const deps = { now: () => Temporal.Instant.from('2026-11-22T10:42:00Z') } as Deps;
  const subject = { caseId: uuidv7(), mark: '', absenceId: uuidv7() };
  expect(await compose(deps, { kind, recipientId: null, placeId: uuidv7(), subject })).toBeNull();
});
