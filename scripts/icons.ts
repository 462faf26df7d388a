/** `node scripts/icons.ts` draws the icons of the Teams app: a house, and the way that leads to its door. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

type Colour = readonly [red: number, green: number, blue: number, alpha: number];
/** Whether a point of the unit square, y downwards, is painted. */
type Shape = (x: number, y: number) => boolean;

const TEAL: Colour = [31, 94, 99, 255];
const WHITE: Colour = [255, 255, 255, 255];
const CLEAR: Colour = [255, 255, 255, 0];

/** A roof over walls, `inset` smaller all round. */
const house =
  (inset = 0): Shape =>
  (x, y) => {
    const roof = y >= 0.1 + inset * 1.45 && y <= 0.42 - inset && Math.abs(x - 0.5) <= (y - 0.1) * 1.12 - inset * 1.5;
    const walls = y >= 0.36 && y <= 0.66 - inset && Math.abs(x - 0.5) <= 0.25 - inset;
    return roof || walls;
  };
const door: Shape = (x, y) => y >= 0.46 && y <= 0.67 && Math.abs(x - 0.5) <= 0.065;
/** From the door towards the reader: ever broader, with one bend. */
const way: Shape = (x, y) => {
  const along = (y - 0.7) / 0.22;
  if (along < 0 || along > 1) return false;
  return Math.abs(x - 0.5 - 0.1 * Math.sin(along * Math.PI)) <= 0.065 + 0.11 * along;
};

const colourIcon: Shape = (x, y) => (house()(x, y) && !door(x, y)) || way(x, y);
const outlineIcon: Shape = (x, y) => (house()(x, y) && !house(0.06)(x, y)) || way(x, y);

const SAMPLES = 8;

function draw(size: number, shape: Shape, ink: Colour, ground: Colour): Buffer {
  const rows = Buffer.alloc(size * (1 + size * 4)); // each row begins with its filter: 0, none
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      let inside = 0;
      for (let i = 0; i < SAMPLES ** 2; i++) {
        const [dx, dy] = [((i % SAMPLES) + 0.5) / SAMPLES, (Math.floor(i / SAMPLES) + 0.5) / SAMPLES];
        if (shape((column + dx) / size, (row + dy) / size)) inside++;
      }
      const share = inside / SAMPLES ** 2;
      const mixed = ink.map((value, channel) => Math.round(value * share + (ground[channel] ?? 0) * (1 - share)));
      rows.set(mixed, row * (1 + size * 4) + 1 + column * 4);
    }
  }
  return png(size, rows);
}

function png(size: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6], 8); // eight bits a channel; red, green, blue and alpha
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND')]);
}

function chunk(type: string, data: Buffer = Buffer.alloc(0)): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

const folder = path.join(import.meta.dirname, '..', 'appPackage');
writeFileSync(path.join(folder, 'color.png'), draw(192, colourIcon, WHITE, TEAL));
writeFileSync(path.join(folder, 'outline.png'), draw(32, outlineIcon, WHITE, CLEAR));
