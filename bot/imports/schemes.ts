/** The words that lists have for the schemes. */
import type { Scheme } from '../domain/schemes.ts';
import { oneOf } from './columns.ts';

const regulated = {
  state_subsidy: ['statsligt huslejetilskud', 'statsligt tilskud', 'midlertidigt huslejetilskud', 'stat'],
} as const;

/** The only one whose amount the state regulates. */
export const regulatedScheme = oneOf(regulated);

export const scheme = oneOf<Scheme>({
  ...regulated,
  transitional: ['udslusningsbolig', 'udslusning', 'kommunalt huslejetilskud', 'kommunalt tilskud'],
  permanent_subsidy: ['permanent tilskud', 'permanent huslejetilskud', 'permanent'],
  none: ['ingen', 'intet', 'uden tilskud'],
});
