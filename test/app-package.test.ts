/** The rules of Microsoft's schema for manifest v1.22 that our manifest can break, and that its commands are understood. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { commands } from '../bot/workflows/commands.ts';
import { understand } from '../bot/workflows/understand.ts';

const folder = path.join(import.meta.dirname, '..', 'appPackage');
const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, file), 'utf8'));

/** Filled in when the package is made; see docs/operations.md. */
const placeholder = z.string().regex(/^\$\{\{[A-Z_]+\}\}$/);
const file = z.string().regex(/^[a-z]+\.(json|png)$/);
const name = z.strictObject({ short: z.string().min(1).max(30), full: z.string().max(100) });
const description = z.strictObject({ short: z.string().min(1).max(80), full: z.string().max(4_000) });
const scope = z.enum(['personal', 'team', 'groupChat']);
const command = z.strictObject({ title: z.string().min(1).max(128), description: z.string().min(1).max(4_000) });

const manifestSchema = z.strictObject({
  $schema: z.literal('https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json'),
  manifestVersion: z.literal('1.22'),
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  id: placeholder,
  localizationInfo: z.strictObject({
    defaultLanguageTag: z.literal('da'),
    defaultLanguageFile: file,
    additionalLanguages: z.array(z.strictObject({ languageTag: z.literal('en'), file })).length(1),
  }),
  developer: z.strictObject({
    name: placeholder,
    websiteUrl: placeholder,
    privacyUrl: placeholder,
    termsOfUseUrl: placeholder,
  }),
  name,
  description,
  icons: z.strictObject({ color: file, outline: file }),
  accentColor: z.string().regex(/^#[\dA-F]{6}$/i),
  bots: z.tuple([
    z.strictObject({
      botId: placeholder,
      scopes: z.array(scope).length(3),
      commandLists: z
        .array(z.strictObject({ scopes: z.array(scope).min(1), commands: z.array(command).min(1).max(10) }))
        .max(3),
      supportsFiles: z.literal(false),
      isNotificationOnly: z.literal(false),
    }),
  ]),
  defaultInstallScope: z.literal('personal'),
});
const languageSchema = z.record(z.string(), z.string());

const manifest = manifestSchema.parse(read('manifest.json'));
const languages = { da: languageSchema.parse(read('da.json')), en: languageSchema.parse(read('en.json')) };
const lists = manifest.bots[0].commandLists;

/** The keys that the schema for a language file allows, with what the manifest itself says. */
const translatable: Readonly<Record<string, string>> = {
  'name.short': manifest.name.short,
  'name.full': manifest.name.full,
  'description.short': manifest.description.short,
  'description.full': manifest.description.full,
  ...Object.fromEntries(
    lists.flatMap(({ commands: listed }, list) =>
      listed.flatMap((entry, index) =>
        (['title', 'description'] as const).map((part) => [
          `bots[0].commandLists[${list}].commands[${index}].${part}`,
          entry[part],
        ]),
      ),
    ),
  ),
};

test('the Danish file says what the manifest says', () => {
  expect(languages.da).toEqual({ ...translatable, $schema: expect.any(String) });
});

test('the English file translates all of it, within the same limits', () => {
  const english = languages.en;
  expect(Object.keys(english).sort()).toEqual(Object.keys(languages.da).sort());
  name.parse({ short: english['name.short'], full: english['name.full'] });
  description.parse({ short: english['description.short'], full: english['description.full'] });
});

test('every command of the list is one that the bot understands where it is offered', () => {
  for (const language of Object.values(languages)) {
    for (const [list, { scopes, commands: listed }] of lists.entries()) {
      for (const index of listed.keys()) {
        const title = language[`bots[0].commandLists[${list}].commands[${index}].title`] ?? '';
        const understood = understand(title, commands);
        expect([title, understood.kind]).toEqual([title, 'command']);
        if (understood.kind !== 'command' || scopes.includes('personal')) continue;
        expect([title, understood.command.anywhere]).toEqual([title, true]);
      }
    }
  }
});

test.each([
  [manifest.icons.color, 192],
  [manifest.icons.outline, 32],
])('%s is a square PNG of %i pixels', (icon, size) => {
  const png = readFileSync(path.join(folder, icon));
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
});
