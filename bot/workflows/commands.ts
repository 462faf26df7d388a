/** What can be written to the bot: the visible table of commands. A new command is one entry here and its words in chat/words.ts. */
import type { Action } from '../domain/access.ts';
import type { Turn } from './context.ts';
import type { BotReply } from './turn.ts';
import type { CommandName } from './chat/words.ts';
import { askWhichCase, showHelp } from './chat/help.ts';
import { changeLanguage } from './chat/language.ts';
import { playRole } from './chat/role.ts';
import { showAbsence } from './absence/absence.ts';
import { askWhichLog, showLogByNumber } from './audit/audit.ts';
import { askWritten } from './capacity/handlers.ts';
import { listOf, mineWritten } from './capacity/list.ts';
import { showFrames } from './homes/frames.ts';
import { dwellingWritten } from './homes/find.ts';
import { freeWritten } from './homes/free-list.ts';
import { showRegister } from './homes/register.ts';
import { whyNotWritten } from './homes/shortlist-card.ts';
import { cancelWritten, showAdmission } from './referral/admission-handlers.ts';
import { showCaseByNumber } from './referral/handlers.ts';
import { actionsWritten } from './review/actions-list.ts';
import { reviewWritten } from './review/handlers.ts';
import { minutesWritten } from './review/minutes-card.ts';
import { notReviewedWritten } from './review/not-reviewed.ts';
import { planWritten } from './review/plan.ts';
import { prepareWritten } from './review/prepare.ts';
import { searchWritten } from './search/search.ts';
import { showRetention } from './status/retention.ts';
import { disposableWritten } from './subsidy/disposable.ts';
import { calculationWritten, phaseDownWritten } from './subsidy/phase-down.ts';
import { showRates } from './subsidy/rates.ts';
import { showTasks } from './tasks/my-tasks.ts';

export interface Command {
  readonly name: CommandName;
  /** How it may be written, first words only; Danish and English alike, whatever the person's language. */
  readonly phrases: readonly string[];
  /** What follows the phrase: nothing, a case number, or anything. */
  readonly takes: 'nothing' | 'number' | 'text';
  /** Also in channels and group chats. */
  readonly anywhere?: true;
  /** Shown in the help of those who have the right somewhere; all when absent. */
  readonly needs?: Action;
  readonly demoOnly?: true;
  readonly run: (turn: Turn, argument: string) => Promise<BotReply>;
}

export const commands: readonly Command[] = [
  {
    name: 'opgaver',
    phrases: ['mine opgaver', 'opgaver', 'my tasks', 'tasks'],
    takes: 'nothing',
    needs: 'case.see',
    run: (turn) => showTasks(turn),
  },
  {
    name: 'indskriv',
    phrases: ['indskriv', 'ny borger', 'indskrivning', 'admit', 'new citizen'],
    takes: 'nothing',
    needs: 'case.admit',
    run: (turn) => showAdmission(turn),
  },
  {
    name: 'sag',
    phrases: ['sag', 'status sag', 'case'],
    takes: 'number',
    anywhere: true,
    needs: 'case.see',
    run: (turn, number) => (number === '' ? askWhichCase(turn) : showCaseByNumber(turn, Number(number))),
  },
  {
    name: 'forbered',
    phrases: ['forbered gennemgang', 'forbered', 'prepare review'],
    takes: 'text',
    needs: 'review.prepare',
    run: prepareWritten,
  },
  {
    name: 'ikkegennemgaaet',
    phrases: ['ikke gennemgået', 'mangler gennemgang', 'not reviewed'],
    takes: 'text',
    needs: 'review.take-part',
    run: notReviewedWritten,
  },
  {
    name: 'aftaler',
    phrases: ['mine aftaler', 'aftaler', 'my actions', 'actions', 'agreements'],
    takes: 'text',
    needs: 'review.take-part',
    run: actionsWritten,
  },
  {
    name: 'soeg',
    phrases: ['søg', 'find', 'search'],
    takes: 'text',
    needs: 'case.see',
    run: searchWritten,
  },
  {
    name: 'gennemgang',
    phrases: ['gennemgang', 'beboergennemgang', 'review', 'resident review'],
    takes: 'text',
    anywhere: true,
    needs: 'review.take-part',
    run: reviewWritten,
  },
  {
    name: 'referat',
    phrases: ['referat', 'minutes'],
    takes: 'text',
    needs: 'review.take-part',
    run: minutesWritten,
  },
  {
    name: 'opsaetgennemgang',
    phrases: ['opsæt gennemgang', 'opsæt beboergennemgang', 'set up review'],
    takes: 'text',
    needs: 'review.plan',
    run: planWritten,
  },
  {
    name: 'ledige',
    phrases: ['ledige boliger', 'ledig bolig', 'ledige', 'free dwellings', 'free homes'],
    takes: 'text',
    needs: 'home.see',
    run: freeWritten,
  },
  {
    name: 'bolig',
    phrases: ['bolig', 'dwelling', 'home'],
    takes: 'text',
    needs: 'home.see',
    run: dwellingWritten,
  },
  {
    name: 'hvorforikke',
    phrases: ['hvorfor ikke', 'why not'],
    takes: 'text',
    needs: 'home.see',
    run: whyNotWritten,
  },
  {
    name: 'nybolig',
    phrases: ['ny bolig', 'registrer bolig', 'opret bolig', 'new dwelling', 'new home'],
    takes: 'nothing',
    needs: 'home.manage',
    run: (turn) => showRegister(turn),
  },
  {
    name: 'ramme',
    phrases: ['ramme', 'rammer', 'rammen', 'frame', 'frames'],
    takes: 'nothing',
    needs: 'home.see',
    run: (turn) => showFrames(turn),
  },
  {
    name: 'spoergbif',
    phrases: ['spørg bif', 'spørg bif om', 'ask bif', 'ask bif about'],
    takes: 'text',
    needs: 'capacity.ask',
    run: askWritten,
  },
  {
    name: 'manglersvar',
    phrases: ['hvem mangler svar fra bif', 'mangler svar fra bif', 'mangler svar', 'who waits for bif'],
    takes: 'nothing',
    needs: 'capacity.ask',
    run: (turn) => listOf(turn, 'waiting'),
  },
  {
    name: 'vurderinger',
    phrases: ['mine vurderinger', 'vurderinger', 'my check-ins', 'check-ins'],
    takes: 'nothing',
    needs: 'capacity.answer',
    run: mineWritten,
  },
  {
    name: 'planer',
    phrases: ['mine planer', 'planer', 'my plans', 'plans'],
    takes: 'nothing',
    needs: 'capacity.answer',
    run: (turn) => listOf(turn, 'plans'),
  },
  {
    name: 'nedtrapning',
    phrases: ['nedtrapning', 'phase-down', 'phase down'],
    takes: 'text',
    needs: 'case.see',
    run: (turn, argument) => Promise.resolve(phaseDownWritten(turn, argument)),
  },
  {
    name: 'raadighed',
    phrases: ['rådighed', 'rådighedsbeløb', 'budget', 'disposable amount', 'disposable'],
    takes: 'number',
    needs: 'capacity.ask',
    run: disposableWritten,
  },
  { name: 'beregn', phrases: ['beregn', 'calculate'], takes: 'text', needs: 'case.see', run: calculationWritten },
  {
    name: 'satser',
    phrases: ['satser', 'sats', 'rates', 'amounts'],
    takes: 'nothing',
    needs: 'home.see',
    run: (turn) => showRates(turn),
  },
  {
    name: 'fastholdelse',
    phrases: ['fastholdelse', 'fastholdt', 'retention', 'homes kept'],
    takes: 'nothing',
    needs: 'figures.see',
    run: (turn) => showRetention(turn),
  },
  {
    name: 'adgang',
    phrases: ['adgang', 'log', 'access'],
    takes: 'number',
    needs: 'log.export',
    run: (turn, number) => (number === '' ? askWhichLog(turn) : showLogByNumber(turn, Number(number))),
  },
  { name: 'fravaer', phrases: ['fravær', 'absence'], takes: 'nothing', run: (turn) => showAbsence(turn) },
  {
    name: 'afbryd',
    phrases: ['afbryd', 'annuller', 'cancel', 'stop'],
    takes: 'nothing',
    needs: 'case.admit',
    run: (turn) => cancelWritten(turn),
  },
  { name: 'sprog', phrases: ['sprog', 'language'], takes: 'text', run: changeLanguage },
  {
    name: 'hjaelp',
    phrases: ['hjælp', 'help', 'hej', 'hello', '?'],
    takes: 'nothing',
    anywhere: true,
    run: (turn) => showHelp(turn, commands),
  },
  { name: 'rolle', phrases: ['rolle', 'role'], takes: 'text', demoOnly: true, run: playRole },
];
