/** What a card says of a case's home, its rent, the support and the stay: lines of a `FactSet`, blanks left out. */
import { ctiPhase } from '../../domain/follow-up.ts';
import { refundDays } from '../../domain/refund.ts';
import {
  firstDayOf,
  lacksRates,
  type Grant,
  type MonthlyRent,
  netRentAtEnd,
  netRentOn,
  nextStepDown,
  type Rate,
} from '../../domain/subsidy.ts';
import type { Rent } from '../../domain/rent.ts';
import { Temporal } from '../../domain/time.ts';
import type { CaseFile } from '../../store/cases.ts';
import { formatDate, formatKroner } from '../../text/danish.ts';
import type { Locale } from '../../text/words.ts';
import { grantFrom } from '../homes/net.ts';
import { liveOffer, movedInOn, runningLease } from './home.ts';
import type { Fact, Reader } from './present.ts';
import { supporterOf } from './case.ts';
import { caseHomeWords } from './case-home-words.ts';

/** `3.486,25 kr. (4.900 kr. minus tilskud 1.413,75 kr., skøn efter satsen for 2023)`. */
function netAndGross({ rentOere, subsidyOere, netOere, basis }: MonthlyRent, locale: Locale): string {
  const words = caseHomeWords[locale];
  const net = formatKroner(netOere, locale);
  if (subsidyOere === 0) return net;
  const estimate = basis.kind === 'estimated' ? words.estimated(basis.lastKnownYear) : '';
  return words.net(net, formatKroner(rentOere, locale), formatKroner(subsidyOere, locale), estimate);
}

/** What a month costs now and at the end of the subsidy; of a home that is let, when it rises next. */
function rentFacts(
  grant: Grant,
  rates: readonly Rate[],
  rents: readonly Rent[],
  reader: Reader,
  isLet = false,
): Fact[] {
  // What nobody has told us is not made up.
  if (rents.length === 0 || lacksRates(grant, rates)) return [];
  const { locale, today } = reader;
  const words = caseHomeWords[locale];
  const day = firstDayOf(grant, today);
  const now = netRentOn(day, grant, rates, rents);
  const facts: Fact[] = [{ title: words.rent, value: netAndGross(now, locale) }];
  const step = nextStepDown(grant, day);
  if (step && grant.scheme === 'state_subsidy' && isLet) {
    const then = netRentOn(step.on, grant, rates, rents);
    const rises = formatKroner(Math.max(0, now.subsidyOere - then.subsidyOere), locale);
    const unsure = then.basis.kind === 'estimated' || now.basis.kind === 'estimated';
    facts.push({ title: words.nextStep, value: words.rises(formatDate(step.on, locale), rises, unsure) });
  }
  if (now.subsidyOere > 0 && grant.scheme === 'state_subsidy')
    facts.push({ title: words.atEnd, value: formatKroner(netRentAtEnd(grant, rents, today), locale) });
  return facts;
}

/** The home that is offered or rented, and its rent. */
export function homeFacts(file: CaseFile, reader: Reader): Fact[] {
  const { locale, today } = reader;
  const words = caseHomeWords[locale];
  const offer = liveOffer(file);
  const lease = runningLease(file);
  const facts: Fact[] = [];
  if (offer) {
    const until = offer.state === 'reserved' ? words.answerBy(formatDate(offer.answerDueOn, locale)) : words.saidYes;
    facts.push({ title: words.offer, value: `${offer.address}, ${offer.estate}. ${until}` });
    facts.push(...rentFacts(grantFrom(offer, today, reader.deps.rules), file.rates, offer.rents, reader));
  } else if (lease) {
    facts.push({ title: words.home, value: `${lease.address}, ${lease.estate}` });
    facts.push({ title: words.leaseFrom, value: formatDate(lease.startsOn, locale) });
    const grant = lease.grant ?? grantFrom({ scheme: 'none' }, lease.startsOn, reader.deps.rules);
    facts.push(...rentFacts(grant, file.rates, lease.rents, reader, true));
  } else if (file.lease?.endsOn) {
    facts.push({
      title: words.lastHome,
      value: words.until(file.lease.address, formatDate(file.lease.endsOn, locale)),
    });
  }
  const moved = movedInOn(file);
  if (moved) facts.push({ title: words.movedIn, value: formatDate(moved, locale) });
  return facts;
}

/** The steps of a subsidy that a lease would begin with, a line per level, for the one who reads the contract. */
export function stairFacts(file: CaseFile, reader: Reader): Fact[] {
  const offer = liveOffer(file);
  if (offer?.scheme !== 'state_subsidy' || offer.rents.length === 0 || file.rates.length === 0) return [];
  const { locale, today } = reader;
  const words = caseHomeWords[locale];
  const grant = grantFrom(offer, today, reader.deps.rules);
  // Today's rent and rate in every year: what is compared is the stair, not a forecast.
  const rents = [{ from: today, oere: netRentAtEnd(grant, offer.rents, today) }];
  const levels: { from: number; to: number; net: string }[] = [];
  for (const [index] of grant.shares.entries()) {
    const net = formatKroner(netRentOn(grant.anchorOn.add({ years: index }), grant, file.rates, rents).netOere, locale);
    const last = levels.at(-1);
    if (last?.net === net) last.to = index + 1;
    else levels.push({ from: index + 1, to: index + 1, net });
  }
  return levels.map(({ from, to, net }, index) => ({
    title: index === levels.length - 1 ? words.yearsOn(from) : words.years(from, to),
    value: net,
  }));
}

/** Who gives the support, and how far it has come. */
export function supportFacts(file: CaseFile, reader: Reader): Fact[] {
  const { locale, today } = reader;
  const words = caseHomeWords[locale];
  const { supportDecidedOn, supportEndedOn, supportMethod } = file.facts;
  const facts: Fact[] = [];
  if (supportDecidedOn !== null)
    facts.push({ title: words.supportDecided, value: formatDate(Temporal.PlainDate.from(supportDecidedOn), locale) });
  if (supportEndedOn !== null)
    facts.push({ title: words.supportEnded, value: formatDate(Temporal.PlainDate.from(supportEndedOn), locale) });
  const supporter = supporterOf(file);
  if (supportDecidedOn !== null && supporter && supporter.id !== file.caseworker?.id)
    facts.push({ title: supportEndedOn === null ? words.supportWorker : words.responsible, value: supporter.name });
  const moved = movedInOn(file);
  if (supportMethod === 'cti' && supportDecidedOn !== null && supportEndedOn === null && moved) {
    const phase = ctiPhase(moved, today);
    facts.push({
      title: 'CTI',
      value:
        phase === 'over'
          ? words.ctiOver
          : phase === 'before'
            ? words.ctiBefore
            : words.ctiPhase(phase.phase, formatDate(phase.until, locale)),
    });
  }
  return facts;
}

const named = (table: Readonly<Record<string, string>>, code: string | null) =>
  code === null ? '' : (table[code] ?? code);

/** How the stay goes or ended: the days that the state refunds, or the discharge. */
export function stayFacts(file: CaseFile, reader: Reader): Fact[] {
  const { locale, today, deps } = reader;
  const words = caseHomeWords[locale];
  const { endedOn, dischargedTo, dischargeManner, dischargeReason } = file.stay;
  if (endedOn !== null) {
    const { manner, reason, to } = words.discharge;
    const where = [formatDate(endedOn, locale), named(to, dischargedTo)].filter(Boolean).join(', ');
    // Of the dead, manner and reason say the same.
    const why = [...new Set([named(manner, dischargeManner), named(reason, dischargeReason)])].filter(Boolean);
    return [{ title: words.discharged, value: [where, why.join(': ')].filter(Boolean).join('. ') }];
  }
  const rule = deps.rules.refund;
  const { used, day } = refundDays(file.stays, today, rule);
  return [{ title: words.refund, value: words.refundDay(day, rule.days, used > rule.days) }];
}
