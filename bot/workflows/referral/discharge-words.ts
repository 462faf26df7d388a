/** The words of a discharge, which the step of moving in and the discharge by itself share. */
import type {
  dischargeConditions,
  dischargedTo,
  dischargeManners,
  dischargeReasons,
} from '../../domain/referral/codes.ts';
import type { Locale } from '../../text/words.ts';

type Names<Codes extends readonly string[]> = Readonly<Record<Codes[number], string>>;

interface DischargeWords {
  readonly fields: Names<typeof dischargeConditions> &
    Readonly<Record<'dischargedOn' | 'manner' | 'reason' | 'to' | 'refundKnown', string>>;
  /** The heading above `refundKnown`. */
  readonly refund: string;
  readonly choices: {
    readonly manner: Names<typeof dischargeManners>;
    readonly reason: Names<typeof dischargeReasons>;
    readonly to: Names<typeof dischargedTo>;
  };
  readonly problems: Readonly<
    Record<
      | 'future'
      | 'beforeStay'
      | 'unmet'
      | 'conditions'
      | 'deadGoesNowhere'
      | 'refundLost'
      | 'supportUndecided'
      | 'noLease',
      string
    >
  >;
}

export const dischargeWords: Readonly<Record<Locale, DischargeWords>> = {
  da: {
    fields: {
      dischargedOn: 'Udskrevet fra herberget den',
      manner: 'Måde',
      reason: 'Årsag',
      to: 'Udskrevet til',
      planMade: '1. Der er en handleplan eller en helhedsorienteret plan (§§ 141 og 142)',
      homeAssigned: '2. Borgeren har fået anvist en bolig eller er visiteret til § 107 eller § 108',
      supportDecided: '3. Støtten, som borgeren har brug for til at beholde boligen, er afgjort',
      canMoveIn: '4. Kontrakten er underskrevet, borgeren kan flytte ind, og støtten kan begynde',
      placeReady: '5. Gælder det § 107 eller § 108, er pladsen klar (ellers sæt kryds)',
      refundKnown: 'Støtten er ikke afgjort inden udskrivningen: Jeg ved, at refusionen mistes',
    },
    refund: 'Statens refusion (servicelovens § 176 a)',
    choices: {
      manner: {
        agreed: 'Efter aftale',
        no_show: 'Uden aftale eller udeblevet',
        expelled: 'Bortvist af lederen',
        municipality: 'Kommunens afgørelse (§ 110, stk. 5)',
        dead: 'Død',
      },
      reason: {
        home_found: 'Egen bolig er fundet',
        place_found: 'Plads på botilbud eller plejehjem',
        own_wish: 'Borgerens eget ønske',
        stayed_away: 'Er ikke kommet tilbage',
        house_rules: 'Brud på husordenen',
        treatment_begun: 'Behandling er begyndt',
        prison: 'Afsoning eller varetægt',
        other_municipality: 'Anden kommune har overtaget',
        death: 'Død',
        other: 'Andet',
      },
      to: {
        own_home: 'Egen bolig',
        section_107: 'Midlertidigt botilbud (§ 107)',
        section_108: 'Længerevarende botilbud (§ 108)',
        other_shelter: 'Andet herberg (§ 110)',
        section_109: 'Krisecenter (§ 109)',
        family_friends: 'Familie eller venner',
        treatment: 'Behandling',
        hospital: 'Hospital eller psykiatri',
        prison: 'Fængsel eller arrest',
        street: 'Gaden',
        none: 'Ingen (død)',
        unknown: 'Ukendt',
      },
    },
    problems: {
      future: 'Datoen ligger i fremtiden.',
      beforeStay: 'Datoen ligger før indskrivningen.',
      unmet: 'Ikke opfyldt endnu.',
      conditions:
        'Kommunen kan kun udskrive, når alle fem betingelser er opfyldt (servicelovens § 110, stk. 5). Vælg en anden måde, hvis borgeren selv er flyttet.',
      supportUndecided: 'Der er ingen afgørelse om støtten i Hjemvej. Bed sagsbehandleren om at registrere den først.',
      noLease: 'Der er ingen underskrevet kontrakt i Hjemvej. Bed anvisningen om at registrere den først.',
      deadGoesNowhere: 'Er borgeren død, så vælg Ingen (død).',
      refundLost:
        'Støtten skal være afgjort før udskrivningen, ellers refunderer staten den ikke (servicelovens § 176 a). Tjek datoen, og om støtten er afgjort. Er det rigtigt, så sæt kryds.',
    },
  },
  en: {
    fields: {
      dischargedOn: 'Discharged from the shelter on',
      manner: 'Manner',
      reason: 'Reason',
      to: 'Discharged to',
      planMade: '1. There is an action plan or a whole plan (§§ 141 and 142)',
      homeAssigned: '2. The citizen has been assigned a home, or a place under § 107 or § 108 is granted',
      supportDecided: '3. The support that the citizen needs to keep the home is decided',
      canMoveIn: '4. The lease is signed, the citizen can move in, and the support can begin',
      placeReady: '5. For § 107 or § 108 the place is ready (tick otherwise)',
      refundKnown: 'The support is not decided by the discharge: I know that the refund is lost',
    },
    refund: 'The refund from the state (Social Services Act § 176 a)',
    choices: {
      manner: {
        agreed: 'By agreement',
        no_show: 'Without agreement or stayed away',
        expelled: 'Expelled by the leader',
        municipality: "The municipality's decision (§ 110, 5)",
        dead: 'Died',
      },
      reason: {
        home_found: 'A home of their own was found',
        place_found: 'A place in a residential offer or care home',
        own_wish: "The citizen's own wish",
        stayed_away: 'Has not come back',
        house_rules: 'Broke the house rules',
        treatment_begun: 'Treatment has begun',
        prison: 'Prison or custody',
        other_municipality: 'Another municipality has taken over',
        death: 'Died',
        other: 'Other',
      },
      to: {
        own_home: 'Own home',
        section_107: 'Temporary residential offer (§ 107)',
        section_108: 'Long-term residential offer (§ 108)',
        other_shelter: 'Another shelter (§ 110)',
        section_109: "Women's shelter (§ 109)",
        family_friends: 'Family or friends',
        treatment: 'Treatment',
        hospital: 'Hospital or psychiatry',
        prison: 'Prison or custody',
        street: 'The street',
        none: 'Nowhere (died)',
        unknown: 'Unknown',
      },
    },
    problems: {
      future: 'The date is in the future.',
      beforeStay: 'The date is before the admission.',
      unmet: 'Not met yet.',
      conditions:
        'The municipality may discharge only when all five conditions are met (Social Services Act § 110, 5). Choose another manner if the citizen left alone.',
      supportUndecided: 'There is no decision on the support in Hjemvej. Ask the caseworker to record it first.',
      noLease: 'There is no signed lease in Hjemvej. Ask the deciding unit to record it first.',
      deadGoesNowhere: 'If the citizen has died, choose Nowhere (died).',
      refundLost:
        'The support must be decided before the discharge, or the state does not refund it (Social Services Act § 176 a). Check the date, and whether the support is decided. If it is right, tick the box.',
    },
  },
};
