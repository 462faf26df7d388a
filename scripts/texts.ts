/** `npm run -s texts`: every word in both languages as one table, for the proof-reader. Tabs between, for a spreadsheet. */
import { allWords, asText } from './word-tables.ts';

const line = (...cells: string[]) => `${cells.map((cell) => cell.replace(/\s+/g, ' ')).join('\t')}\n`;

process.stdout.write(line('key', 'da', 'en'));
for (const { key, da, en } of await allWords()) process.stdout.write(line(key, asText(da), asText(en)));
