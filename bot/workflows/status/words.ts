import { words } from '../../text/words.ts';

export const statusWords = words({
  da: {
    noFigures: 'Din rolle giver ikke adgang til tallene.',
    retention: {
      title: 'Fastholdelse i egen bolig',
      none: 'Ingen er flyttet ind gennem Hjemvej endnu, så der er ingen tal.',
      asOf: (day: string) => `Opgjort ${day}`,
      method: 'Metode',
      months: (months: number) => `${months} mdr.`,
      methods: { cti: 'CTI', icm: 'ICM', act: 'ACT', other: 'Anden metode', none: 'Ingen støtte' },
      unknown: 'Ikke oplyst',
      homes: (count: string) => `${count} indflyttet`,
      share: (kept: string, of: string) => `${kept} af ${of}`,
      tooFew: 'under 5',
      nobody: '–',
      definition:
        'Andelen, der stadig havde boligen så mange måneder efter indflytningen, blandt dem, der flyttede ind for mindst så længe siden. Den, der er flyttet til en anden bolig eller er død, tælles ikke med derefter.',
    },
  },
  en: {
    noFigures: 'Your role gives no access to the figures.',
    retention: {
      title: 'Homes kept',
      none: 'Nobody has moved in through Hjemvej yet, so there are no figures.',
      asOf: (day: string) => `As of ${day}`,
      method: 'Method',
      months: (months: number) => `${months} mo.`,
      methods: { cti: 'CTI', icm: 'ICM', act: 'ACT', other: 'Another method', none: 'No support' },
      unknown: 'Not stated',
      homes: (count: string) => `${count} moved in`,
      share: (kept: string, of: string) => `${kept} of ${of}`,
      tooFew: 'under 5',
      nobody: '–',
      definition:
        'The share who still had the home so many months after moving in, among those who moved in at least so long ago. Whoever moved to another home or died is not counted from then on.',
    },
  },
});
