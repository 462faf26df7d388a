import { words } from '../../text/words.ts';

export const overviewWords = words({
  da: {
    next: 'Næste gennemgang',
    agenda: 'Dagsordenen er klar',
    lastHeld: 'Seneste gennemgang',
    lastHeldText: (day: string, attended: string, actions: string) =>
      [day, `${attended} deltog`, actions === '' ? '' : `${actions} aftaler gjort`].filter(Boolean).join(' · '),
    chart: 'De seneste gennemgange, i procent',
    attendance: 'Deltog',
    done: 'Aftaler gjort',
    day: 'Gennemgang',
    of: (some: number, all: number) => `${some} af ${all}`,
    noneDue: 'ingen',
    means:
      'Deltog: af dem, der var inviteret eller kom uden invitation. Aftaler gjort: af herbergets aftaler med frist siden gennemgangen før (ved den første: i ugen op til); de, der er droppet, tæller ikke med.',
    asOf: (day: string) => `Opgjort ${day}. Kun hele gennemgange, aldrig den enkelte medarbejder.`,
    notHeld: 'Der er ikke holdt nogen gennemgang endnu.',
    notReviewed: 'Ikke gennemgået',
    actions: 'Aftaler',
    notReviewedOf: (shelter: string) => `Ikke gennemgået · ${shelter}`,
    count: (count: number, of: number, day: string) =>
      `${count} af ${of} beboere er ikke drøftet ved gennemgangen ${day} eller siden.`,
    all: (shelter: string, day: string) => `Alle beboere på ${shelter} er drøftet ved gennemgangen ${day} eller siden.`,
    nobody: (shelter: string) => `Der bor ingen på ${shelter} lige nu.`,
    never: 'Aldrig drøftet',
    since: (days: string, day: string) => `Sidst drøftet for ${days} siden, ${day}`,
    notReviewedMeans: (day: string) =>
      `Opgjort ${day} for dem, der bor på herberget nu. “Resten uændret” tæller ikke som drøftet.`,
    nextPage: 'Næste side',
    previousPage: 'Forrige side',
  },
  en: {
    next: 'Next review',
    agenda: 'The agenda is ready',
    lastHeld: 'Latest review',
    lastHeldText: (day: string, attended: string, actions: string) =>
      [day, `${attended} took part`, actions === '' ? '' : `${actions} actions done`].filter(Boolean).join(' · '),
    chart: 'The latest reviews, in per cent',
    attendance: 'Took part',
    done: 'Actions done',
    day: 'Review',
    of: (some: number, all: number) => `${some} of ${all}`,
    noneDue: 'none',
    means:
      'Took part: of those who were invited or came without. Actions done: of the shelter’s actions due since the review before (at the first: in the week up to it); those dropped are left out.',
    asOf: (day: string) => `As of ${day}. Whole reviews only, never a single employee.`,
    notHeld: 'No review has been held yet.',
    notReviewed: 'Not reviewed',
    actions: 'Actions',
    notReviewedOf: (shelter: string) => `Not reviewed · ${shelter}`,
    count: (count: number, of: number, day: string) =>
      `${count} of ${of} residents were not discussed at the review on ${day} or since.`,
    all: (shelter: string, day: string) =>
      `All residents of ${shelter} were discussed at the review on ${day} or since.`,
    nobody: (shelter: string) => `Nobody lives at ${shelter} right now.`,
    never: 'Never discussed',
    since: (days: string, day: string) => `Last discussed ${days} ago, on ${day}`,
    notReviewedMeans: (day: string) =>
      `As of ${day}, of those who live at the shelter now. “The rest unchanged” does not count as discussed.`,
    nextPage: 'Next page',
    previousPage: 'Previous page',
  },
});
