/** What can be pressed: the visible table of verbs. A verb on a card that is not here fails the contract test. */
import { cancelAbsencePressed, recordAbsencePressed } from './absence/absence.ts';
import { extractPressed, seeLogPressed } from './audit/audit.ts';
import {
  allocatePressed,
  answerPressed,
  askPressed,
  cannotPressed,
  endMeasurePressed,
  handQuestionOverPressed,
  householdPressed,
  openAsk,
  openCheckIn,
  sendOnPressed,
  takeQuestionBackPressed,
} from './capacity/handlers.ts';
import { listPressed } from './capacity/list.ts';
import type { Turn } from './context.ts';
import { showFree } from './homes/free-list.ts';
import {
  openDwelling,
  setAreaPressed,
  setDatesPressed,
  setFactsPressed,
  setRentPressed,
  takeBackPressed,
  withdrawPressed,
} from './homes/handlers.ts';
import { registerPressed, showRegister } from './homes/register.ts';
import { shortlistPressed, whyNotPressed } from './homes/shortlist-card.ts';
import {
  admitPressed,
  discardAdmissionPressed,
  saveAdmissionPressed,
  showAdmission,
} from './referral/admission-handlers.ts';
import {
  completeStepPressed,
  correctDischargePressed,
  dischargePressed,
  goBackPressed,
  handOverPressed,
  openMine,
  reopenPressed,
  saveStepPressed,
  settleDutyPressed,
  showCase,
  showDischarge,
  showMore,
  showNotes,
  showStep,
  stopPressed,
  takeOverPressed,
  tellCitizenPressed,
  tellMunicipalityPressed,
  undoDischargePressed,
} from './referral/handlers.ts';
import { actionsPressed } from './review/actions-list.ts';
import { actionDonePressed, actionDroppedPressed } from './review/end-action.ts';
import {
  addPressed,
  agendaPressed,
  closePressed,
  itemPressed,
  movePressed,
  openReviewMine,
  recordPressed,
  reopenPressed as reopenReviewPressed,
  restUnchangedPressed,
  resumePressed,
} from './review/handlers.ts';
import { documentPressed } from './review/document.ts';
import { journaledPressed, showJournal } from './review/journal.ts';
import { notReviewedPressed } from './review/not-reviewed.ts';
import { forgetPlacePressed, savePlanPressed } from './review/plan.ts';
import { preparePressed } from './review/prepare.ts';
import { searchCard, searchPressed } from './search/search.ts';
import { disposablePressed } from './subsidy/disposable.ts';
import { phaseDownPressed } from './subsidy/phase-down.ts';
import { enterRatePressed } from './subsidy/rates.ts';
import { rentPlanPressed } from './subsidy/rent-plan.ts';
import { upcomingPressed } from './subsidy/upcoming.ts';
import { showTasks } from './tasks/my-tasks.ts';
import type { BotReply } from './turn.ts';

export type Press = (turn: Turn, data: Readonly<Record<string, unknown>>) => Promise<BotReply> | BotReply;

/** `say` is handled with the commands: it writes for the person what its button names. */
export const SAY = 'say';

export const actions: Readonly<Record<string, Press>> = {
  'admission.open': (turn) => showAdmission(turn),
  'admission.submit': admitPressed,
  'admission.save': saveAdmissionPressed,
  'admission.discard': discardAdmissionPressed,
  'case.open': (turn, data) => showCase(turn, data),
  'case.open-mine': openMine,
  'case.more': (turn, data) => showMore(turn, data),
  'case.notes': showNotes,
  'case.back': goBackPressed,
  'case.stop': stopPressed,
  'case.reopen': reopenPressed,
  'case.take-over': takeOverPressed,
  'case.hand-over': handOverPressed,
  'case.settle-duty': settleDutyPressed,
  'case.tell-citizen': tellCitizenPressed,
  'case.tell-municipality': tellMunicipalityPressed,
  'discharge.open': (turn, data) => showDischarge(turn, data),
  'discharge.submit': dischargePressed,
  'discharge.correct': correctDischargePressed,
  'discharge.undo': undoDischargePressed,
  'step.open': showStep,
  'step.save': saveStepPressed,
  'step.complete': completeStepPressed,
  'home.new': (turn) => showRegister(turn),
  'home.register': registerPressed,
  'home.open': openDwelling,
  'home.set-rent': setRentPressed,
  'home.set-dates': setDatesPressed,
  'home.set-facts': setFactsPressed,
  'home.set-area': setAreaPressed,
  'home.withdraw': withdrawPressed,
  'home.take-back': takeBackPressed,
  'home.list': showFree,
  'home.shortlist': shortlistPressed,
  'home.why-not': whyNotPressed,
  'review.plan': savePlanPressed,
  'review.forget-place': forgetPlacePressed,
  'review.agenda': agendaPressed,
  'review.resume': resumePressed,
  'review.open': itemPressed,
  'review.open-mine': openReviewMine,
  'review.record': recordPressed,
  'review.rest-unchanged': restUnchangedPressed,
  'review.close': closePressed,
  'review.reopen': reopenReviewPressed,
  'review.add': addPressed,
  'review.move': movePressed,
  'review.journal': showJournal,
  'review.journaled': journaledPressed,
  'review.document': documentPressed,
  'capacity.open-ask': openAsk,
  'capacity.ask': askPressed,
  'capacity.open': openCheckIn,
  'capacity.answer': answerPressed,
  'capacity.household': householdPressed,
  'capacity.end-measure': endMeasurePressed,
  'capacity.cannot': cannotPressed,
  'capacity.send-on': sendOnPressed,
  'capacity.allocate': allocatePressed,
  'capacity.hand-over': handQuestionOverPressed,
  'capacity.take-back': takeQuestionBackPressed,
  'capacity.list': listPressed,
  'subsidy.open': phaseDownPressed,
  'subsidy.upcoming': upcomingPressed,
  'subsidy.disposable': disposablePressed,
  'subsidy.enter-rate': enterRatePressed,
  'subsidy.rent-plan': rentPlanPressed,
  'tasks.page': showTasks,
  'search.open': (turn) => searchCard(turn),
  'search.run': searchPressed,
  'audit.see': seeLogPressed,
  'audit.extract': extractPressed,
  'absence.record': recordAbsencePressed,
  'absence.cancel': cancelAbsencePressed,
  'review.prepare': preparePressed,
  'review.not-reviewed': notReviewedPressed,
  'review.actions': actionsPressed,
  'review.action-done': actionDonePressed,
  'review.action-drop': actionDroppedPressed,
};

/** The verbs that may be pressed where others read along. */
export const publicActions: ReadonlySet<string> = new Set(['case.open-mine', 'review.open-mine', SAY]);
