/** What pressing a button of a dwelling's card does. */
import { z } from 'zod';
import { act, parsePress } from '../act.ts';
import type { Turn } from '../context.ts';
import { when } from '../referral/present.ts';
import type { BotReply } from '../turn.ts';
import { setArea, setDates, setFacts, setRent, takeBack, withdraw } from './change.ts';
import type { DwellingChange } from './dwelling-change.ts';
import type { Typed } from './form.ts';
import { forThoseWho } from './rights.ts';
import { showDwelling } from './show-dwelling.ts';
import { homeWords } from './words.ts';

const dwellingData = z.looseObject({ dwellingId: z.uuid() });

export const openDwelling = (turn: Turn, data: Typed): Promise<BotReply> =>
  showDwelling(turn, parsePress(dwellingData, data, 'home.open').dwellingId);

/** A change from the dwelling's card: back to that card, with the news or with the problem at its field. */
const pressed =
  (change: DwellingChange, done: keyof (typeof homeWords)['da']['done']) =>
  async (turn: Turn, data: Typed): Promise<BotReply> => {
    const result = await act(turn, change, data);
    const words = homeWords[turn.locale];
    const { dwellingId } = parsePress(dwellingData, data, change.operation);
    switch (result.kind) {
      case 'done':
        return showDwelling(turn, dwellingId, { banner: words.done[done] });
      case 'invalid':
        return showDwelling(turn, dwellingId, { typed: data, problems: result.problems });
      case 'repeat':
        return showDwelling(turn, dwellingId);
      case 'stale': {
        const { by, at } = result.last;
        const banner = words.staleKept(by ?? words.someone, when(at, turn));
        return showDwelling(turn, dwellingId, { banner, typed: data });
      }
      case 'refused':
        return forThoseWho('manage', turn, () => showDwelling(turn, dwellingId));
      case 'gone':
        return { kind: 'text', text: words.gone };
    }
  };

export const setRentPressed = pressed(setRent, 'rent');
export const setDatesPressed = pressed(setDates, 'dates');
export const setFactsPressed = pressed(setFacts, 'facts');
export const setAreaPressed = pressed(setArea, 'area');
export const withdrawPressed = pressed(withdraw, 'withdraw');
export const takeBackPressed = pressed(takeBack, 'takeBack');
