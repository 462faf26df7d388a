/** The measures and styles of Word documents; sizes of letters in half points, all else in twentieths of a point, as Word counts. */
import type { IParagraphStyleOptions, IStylesOptions } from 'docx';
import { languageTags } from '../text/danish.ts';
import type { Locale } from '../text/words.ts';

export const COLOURS = { ink: '1F3A4D', faint: '595959', line: 'BFBFBF', shade: 'EEF2F5' } as const;

/** A4, with two centimetres around. */
const [WIDTH, HEIGHT, MARGIN] = [11_906, 16_838, 1_134];
export const PAGE = {
  size: { width: WIDTH, height: HEIGHT },
  margin: { top: MARGIN, bottom: MARGIN, left: MARGIN, right: MARGIN },
} as const;
export const TEXT_WIDTH = WIDTH - 2 * MARGIN;

/** Where what follows a fact's label begins: a tab leads to the hanging indent. */
const FACT_INDENT = 1_800;

const style = (name: string, rest: Omit<IParagraphStyleOptions, 'id' | 'name'>): IParagraphStyleOptions => ({
  id: name,
  name,
  basedOn: 'Normal',
  ...rest,
});

/** The styles that `word-document.ts` names, and those that Word knows by itself: titles, headings, captions. */
export function stylesOf(locale: Locale): IStylesOptions {
  const { ink, faint, line } = COLOURS;
  return {
    default: {
      document: {
        run: { font: 'Calibri', size: 22, language: { value: languageTags[locale] } },
        paragraph: { spacing: { after: 100, line: 264 } },
      },
      title: { run: { size: 40, bold: true, color: ink }, paragraph: { spacing: { after: 40 } } },
      // A heading never stands alone at the foot of a page.
      heading1: {
        run: { size: 30, bold: true, color: ink },
        paragraph: { spacing: { before: 400, after: 120 }, keepNext: true, keepLines: true },
      },
      heading2: {
        run: { size: 24, bold: true, color: ink },
        paragraph: { spacing: { before: 280, after: 60 }, keepNext: true, keepLines: true },
      },
      caption: {
        run: { size: 20, bold: true, italics: false, color: faint },
        paragraph: { spacing: { before: 140, after: 60 }, keepNext: true },
      },
    },
    paragraphStyles: [
      style('Subtitle', { run: { size: 26, color: faint }, paragraph: { spacing: { after: 240 } } }),
      style('Key', { run: { size: 24, bold: true }, paragraph: { spacing: { before: 200, after: 120 } } }),
      style('Small', { run: { size: 18, color: faint }, paragraph: { spacing: { before: 240 } } }),
      style('Fact', {
        paragraph: {
          spacing: { after: 40 },
          indent: { left: FACT_INDENT, hanging: FACT_INDENT },
        },
      }),
      style('Note', {
        paragraph: {
          spacing: { before: 60, after: 60 },
          indent: { left: 160 },
          border: { left: { style: 'single', size: 12, space: 8, color: line } },
        },
      }),
      style('Cell', { run: { size: 20 }, paragraph: { spacing: { after: 0, line: 252 } } }),
      style('Footer', { run: { size: 18, color: faint } }),
    ],
  };
}
