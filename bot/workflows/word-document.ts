/** How every Word document of ours looks: A4, its headings, notes and tables, a footer with page numbers. */
import type { Footer, Paragraph, Table } from 'docx';
import { stripControls } from '../text/controls.ts';
import { sharedWords } from '../text/shared.ts';
import type { Locale } from '../text/words.ts';
import { COLOURS, PAGE, stylesOf, TEXT_WIDTH } from './word-styles.ts';

export interface WordDocument {
  readonly locale: Locale;
  readonly title: string;
  readonly subtitle: string;
  /** Says on each page which document it belongs to. */
  readonly footer: string;
  readonly blocks: readonly Block[];
}

export interface Column {
  readonly title: string;
  /** Against the other columns. */
  readonly width: number;
}

/** Every text comes out literally; a line break in it stays one. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'text' | 'key' | 'small'; readonly text: string }
  | { readonly kind: 'fact'; readonly label: string; readonly value: string }
  | { readonly kind: 'note'; readonly author: string; readonly text: string }
  | {
      readonly kind: 'table';
      readonly caption?: string;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    };

type Docx = typeof import('docx');

const MAKER = 'Hjemvej';
export async function wordDocument(content: WordDocument): Promise<Uint8Array> {
  // Loaded by the first document: a bot of which nobody asks one starts without its 15 MB.
  const docx = await import('docx');
  const { title, subtitle, locale, blocks } = content;
  const document = new docx.Document({
    title,
    // Of the file itself, which travels further than its pages: nobody's name.
    creator: MAKER,
    lastModifiedBy: MAKER,
    styles: stylesOf(locale),
    sections: [
      {
        properties: {
          page: PAGE,
        },
        footers: { default: footerOf(docx, content) },
        children: [
          new docx.Paragraph({ style: 'Title', children: literal(docx, title) }),
          new docx.Paragraph({ style: 'Subtitle', children: literal(docx, subtitle) }),
          ...blocks.flatMap((block) => drawn(docx, block)),
        ],
      },
    ],
  });
  return docx.Packer.toBuffer(document);
}

function drawn(docx: Docx, block: Block): (Paragraph | Table)[] {
  const { Paragraph } = docx;
  switch (block.kind) {
    case 'heading': {
      const heading = block.level === 1 ? docx.HeadingLevel.HEADING_1 : docx.HeadingLevel.HEADING_2;
      return [new Paragraph({ heading, children: literal(docx, block.text) })];
    }
    case 'text':
      return [new Paragraph({ children: literal(docx, block.text) })];
    case 'key':
      return [new Paragraph({ style: 'Key', children: literal(docx, block.text) })];
    case 'small':
      return [new Paragraph({ style: 'Small', children: literal(docx, block.text) })];
    case 'fact': {
      const label = [...literal(docx, block.label, { bold: true }), new docx.TextRun({ children: [new docx.Tab()] })];
      return [new Paragraph({ style: 'Fact', children: [...label, ...literal(docx, block.value)] })];
    }
    case 'note': {
      const author = literal(docx, `${block.author}: `, { bold: true });
      return [new Paragraph({ style: 'Note', children: [...author, ...literal(docx, block.text.trimEnd())] })];
    }
    case 'table': {
      const { caption } = block;
      const above =
        caption === undefined ? [] : [new Paragraph({ style: 'Caption', children: literal(docx, caption) })];
      return [...above, tableOf(docx, block)];
    }
  }
}

/** Text as it was typed, but for what nobody sees and XML cannot hold. */
function literal(docx: Docx, text: string, format: { readonly bold?: boolean } = {}) {
  const seen = stripControls(text)
    .replace(/[\ufffe\uffff]/g, '')
    .replaceAll('\t', ' ');
  return seen
    .split(/\r\n|[\r\n]/)
    .map((line, index) => new docx.TextRun({ ...format, text: line, ...(index > 0 && { break: 1 }) }));
}

function footerOf(docx: Docx, { footer, locale }: WordDocument): Footer {
  const { page, pageOf } = sharedWords[locale];
  const { CURRENT, TOTAL_PAGES } = docx.PageNumber;
  const pages = new docx.TextRun({ children: [new docx.Tab(), `${page} `, CURRENT, ` ${pageOf} `, TOTAL_PAGES] });
  return new docx.Footer({
    children: [
      new docx.Paragraph({
        style: 'Footer',
        tabStops: [{ type: 'right', position: TEXT_WIDTH }],
        children: [...literal(docx, footer), pages],
      }),
    ],
  });
}

function tableOf(docx: Docx, { columns, rows }: Extract<Block, { kind: 'table' }>): Table {
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const widths = columns.map(({ width }) => Math.floor((TEXT_WIDTH * width) / all));
  const line = { style: docx.BorderStyle.SINGLE, size: 4, color: COLOURS.line };
  const none = { style: docx.BorderStyle.NONE, size: 0, color: 'auto' };
  const row = (texts: readonly string[], header: boolean) =>
    new docx.TableRow({
      // Word repeats it on each page, and a screen reader names the columns by it.
      ...(header && { tableHeader: true }),
      cantSplit: true,
      children: texts.map(
        (text, index) =>
          new docx.TableCell({
            width: { size: widths[index] ?? 0, type: docx.WidthType.DXA },
            ...(header && { shading: { type: docx.ShadingType.CLEAR, fill: COLOURS.shade, color: 'auto' } }),
            children: [
              new docx.Paragraph({
                style: 'Cell',
                ...(header && { keepNext: true }),
                children: literal(docx, text, header ? { bold: true } : {}),
              }),
            ],
          }),
      ),
    });
  return new docx.Table({
    width: { size: TEXT_WIDTH, type: docx.WidthType.DXA },
    columnWidths: widths,
    layout: docx.TableLayoutType.FIXED,
    margins: { top: 50, bottom: 50, left: 100, right: 100 },
    borders: { top: line, bottom: line, insideHorizontal: line, left: none, right: none, insideVertical: none },
    tableLook: { firstRow: true, noVBand: true },
    rows: [
      row(
        columns.map(({ title }) => title),
        true,
      ),
      ...rows.map((texts) => row(texts, false)),
    ],
  });
}
