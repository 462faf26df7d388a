import { deadline } from '../../../domain/calendar.ts';
import { farAway } from '../../../domain/typed.ts';
import { defineStep } from '../../../domain/referral/definition.ts';
import { dwelling, optionalDate, optionalText, yesNo } from '../../../domain/referral/form.ts';
import { Temporal } from '../../../domain/time.ts';
import { areasOn, isFree, lockDwelling } from '../../../store/dwellings.ts';
import { addOffer } from '../../../store/leases.ts';
import { step } from '../step.ts';

const taken = { problems: { dwelling: 'taken', '': 'taken' } };

export const offer = step(
  defineStep({
    id: 'offer',
    party: 'housing',
    form: { dwelling: dwelling(), answerDueOn: optionalDate(), areaChecked: yesNo(), note: optionalText(500) },
    outcomes: { offered: { to: 'next', tells: ['shelter'], citizenIsTold: true } },
    check: ({ answerDueOn }, _outcome, { today }) =>
      answerDueOn !== null && answerDueOn < today ? { answerDueOn: 'past' } : farAway({ answerDueOn }, today, 3),
    clock: { days: 20, kind: 'arbejdsdage', source: 'default' },
  }),
  {
    da: {
      title: 'Boligtilbud',
      intro: 'Vælg den bolig, der skal tilbydes. Den er reserveret til borgeren, indtil svaret er kommet.',
      fields: {
        dwelling: 'Bolig',
        answerDueOn: 'Svar senest (tom = den sædvanlige frist)',
        areaChecked:
          'Står boligen i et udsat boligområde eller et forebyggelsesområde: Jeg har kontrolleret, at borgeren må anvises dertil (almenboligloven § 59, stk. 6 og 7)',
        note: 'Besked til sagsbehandleren (ingen helbredsoplysninger)',
      },
      choices: {},
      outcomes: { offered: 'Tilbyd boligen' },
      results: { offered: 'Bolig tilbudt' },
      reasons: {},
      box: 'Ja, det har jeg',
      problems: {
        taken: 'Boligen er lige blevet tilbudt en anden. Vælg en af de boliger, der stadig er ledige.',
        past: 'Fristen er overskredet. Vælg en senere dag.',
        areaCheck:
          'Boligens afdeling står på en af listerne. Kontrollér, om borgeren må anvises dertil, og sæt kryds. Det er dig, der vurderer det.',
        afterAssociation: 'Boligorganisationen skal have svar før den dag. Vælg en tidligere frist.',
      },
    },
    en: {
      title: 'Offer of a home',
      intro: 'Choose the home to offer. It is reserved for the citizen until the answer has come.',
      fields: {
        dwelling: 'Home',
        answerDueOn: 'Answer by (empty = the usual time)',
        areaChecked:
          'If the home is in a deprived area or a prevention area: I have checked that the citizen may be assigned there (Social Housing Act § 59, 6 and 7)',
        note: 'Message to the caseworker (no health information)',
      },
      choices: {},
      outcomes: { offered: 'Offer the home' },
      results: { offered: 'Home offered' },
      reasons: {},
      box: 'Yes, I have',
      problems: {
        taken: 'The home has just been offered to somebody else. Choose one of those that are still free.',
        past: 'That day has passed. Choose a later one.',
        areaCheck:
          "The home's estate is on one of the lists. Check whether the citizen may be assigned there, and tick the box. The judgement is yours.",
        afterAssociation: 'The housing association must have an answer before that day. Choose an earlier one.',
      },
    },
  },
  async ({ tx, turn: { deps, now: _now, today }, by, file }, { dwelling: dwellingId, answerDueOn, areaChecked }) => {
    const home = await lockDwelling(tx, dwellingId);
    if (!home || !isFree(home) || by === null) return taken;
    if (areasOn(home, today).length > 0 && !areaChecked) return { problems: { areaChecked: 'areaCheck' } };
    const { calendar, homes } = deps.rules;
    const usual = deadline(today, homes.answerDays, 'arbejdsdage', calendar);
    // Whoever owns the home wants its answer first; a time of theirs that has passed binds nobody any more.
    const latest =
      home.answerDueOn && Temporal.PlainDate.compare(home.answerDueOn, today) >= 0 ? home.answerDueOn : null;
    const isLater = (day: Temporal.PlainDate) => latest !== null && Temporal.PlainDate.compare(day, latest) > 0;
    const asked = answerDueOn === null ? null : Temporal.PlainDate.from(answerDueOn);
    if (asked && isLater(asked)) return { problems: { answerDueOn: 'afterAssociation' } };
    const dueOn = asked ?? (isLater(usual) ? (latest ?? usual) : usual);
    const reserved = await addOffer(tx, {
      ...{ caseId: file.id, dwellingId, by },
      ...{ offeredOn: today, answerDueOn: dueOn },
    });
    return reserved ? { nextDueOn: dueOn } : taken;
  },
);
