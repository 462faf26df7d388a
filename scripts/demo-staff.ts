/** `npm run -s demo:staff`: the demo's staff as JSON lines, without a database. */
import { demoStaff } from '../bot/demo/people.ts';

for (const { aadObjectId, name, roles } of demoStaff) {
  const units = [...new Set(roles.map(({ unit }) => unit))];
  process.stdout.write(`${JSON.stringify({ aadObjectId, name, role: roles[0]?.role, units })}\n`);
}
