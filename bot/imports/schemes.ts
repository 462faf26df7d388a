/** The words that lists have for the schemes. */
import type { Scheme } from '../domain/schemes.ts';
import { oneOf } from './columns.ts';

export const scheme = oneOf<Scheme>({
  state_subsidy: ['statsligt huslejetilskud', 'statsligt tilskud', 'midlertidigt huslejetilskud', 'stat'],
  transitional: ['udslusningsbolig', 'udslusning', 'kommunalt huslejetilskud', 'kommunalt tilskud'],
  permanent_subsidy: ['permanent tilskud', 'permanent huslejetilskud', 'permanent'],
  none: ['ingen', 'intet', 'uden tilskud'],
});
