import { words } from '../../text/words.ts';
import { dischargeWords } from './discharge-words.ts';

export const caseHomeWords = words({
  da: {
    doesNotFit: 'Passer ikke',
    frame: {
      full: 'Rammen er brugt op, men du kan godt tilbyde boligen',
      ended: 'Rammen er udløbet (datoen er ikke bekræftet), men du kan godt tilbyde boligen',
    },
    noFree: 'Der er ingen ledige boliger lige nu. Skriv ny bolig for at registrere en.',
    offer: 'Boligtilbud',
    answerBy: (day: string) => `Svar senest ${day}`,
    saidYes: 'Der er sagt ja',
    home: 'Bolig',
    lastHome: 'Sidste bolig',
    until: (address: string, day: string) => `${address} (til ${day})`,
    leaseFrom: 'Lejemål fra',
    movedIn: 'Flyttet ind',
    rent: 'Husleje pr. måned',
    net: (net: string, rent: string, subsidy: string, estimate: string) =>
      `${net} (${rent} minus tilskud ${subsidy}${estimate})`,
    estimated: (year: number) => `, skøn efter satsen for ${year}`,
    nextStep: 'Tilskuddet falder',
    rises: (day: string, amount: string, unsure: boolean) =>
      `${day}: ${amount} mere at betale${unsure ? ' (skøn)' : ''}`,
    atEnd: 'Når tilskuddet er væk',
    years: (from: number, to: number) => (from === to ? `Netto år ${from}` : `Netto år ${from}-${to}`),
    yearsOn: (from: number) => `Netto fra år ${from}`,
    supportDecided: 'Støtte afgjort',
    supportEnded: 'Støtten sluttede',
    supportWorker: 'Bostøtte ved',
    responsible: 'Ansvarlig for opfølgning',
    ctiBefore: 'begynder ved indflytningen',
    ctiPhase: (phase: number, until: string) => `fase ${phase} af 3, til ${until}`,
    ctiOver: 'de ni måneder er gået',
    discharged: 'Udskrevet',
    discharge: dischargeWords.da.choices as Readonly<
      Record<'manner' | 'reason' | 'to', Readonly<Record<string, string>>>
    >,
    refund: 'Statsrefusion',
    refundDay: (day: number, of: number, over: boolean) =>
      over
        ? `de ${of} dage er brugt (optællingen er ikke bekræftet)`
        : `dag ${day}/${of} (optællingen er ikke bekræftet)`,
    duty: {
      housing_benefit: 'Boligstøtte skal søges hos Udbetaling Danmark',
      deposit_loan: 'Lån til beboerindskud skal søges',
      settle_subsidy: 'Tilskuddet skal afklares med boligorganisationen',
    },
    dutyDue: (duty: string, due: string) => `${duty}. Frist ${due}.`,
    dutyDone: 'Klaret',
    dutyNotRelevant: 'Ikke relevant',
  },
  en: {
    doesNotFit: 'Does not fit',
    frame: {
      full: 'The frame is used up, but you may still offer the home',
      ended: 'The frame has ended (the date is unconfirmed), but you may still offer the home',
    },
    noFree: 'No home is free right now. Write new home to register one.',
    offer: 'Home offered',
    answerBy: (day: string) => `Answer by ${day}`,
    saidYes: 'The answer is yes',
    home: 'Home',
    lastHome: 'Last home',
    until: (address: string, day: string) => `${address} (until ${day})`,
    leaseFrom: 'Lease from',
    movedIn: 'Moved in',
    rent: 'Rent a month',
    net: (net: string, rent: string, subsidy: string, estimate: string) =>
      `${net} (${rent} less subsidy ${subsidy}${estimate})`,
    estimated: (year: number) => `, estimated at the rate of ${year}`,
    nextStep: 'The subsidy falls',
    rises: (day: string, amount: string, unsure: boolean) =>
      `${day}: ${amount} more to pay${unsure ? ' (estimate)' : ''}`,
    atEnd: 'Once the subsidy is gone',
    years: (from: number, to: number) => (from === to ? `Net year ${from}` : `Net years ${from}-${to}`),
    yearsOn: (from: number) => `Net from year ${from}`,
    supportDecided: 'Support decided',
    supportEnded: 'Support ended',
    supportWorker: 'Support by',
    responsible: 'Responsible for follow-up',
    ctiBefore: 'begins on moving in',
    ctiPhase: (phase: number, until: string) => `phase ${phase} of 3, until ${until}`,
    ctiOver: 'the nine months have passed',
    discharged: 'Discharged',
    discharge: dischargeWords.en.choices as Readonly<
      Record<'manner' | 'reason' | 'to', Readonly<Record<string, string>>>
    >,
    refund: 'State refund',
    refundDay: (day: number, of: number, over: boolean) =>
      over
        ? `the ${of} days are used (the counting is not confirmed)`
        : `day ${day}/${of} (the counting is not confirmed)`,
    duty: {
      housing_benefit: 'Housing benefit must be applied for at Udbetaling Danmark',
      deposit_loan: 'A deposit loan must be applied for',
      settle_subsidy: 'The subsidy must be settled with the housing association',
    },
    dutyDue: (duty: string, due: string) => `${duty}. Due ${due}.`,
    dutyDone: 'Done',
    dutyNotRelevant: 'Not relevant',
  },
});
