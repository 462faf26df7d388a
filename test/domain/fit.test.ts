import fc from 'fast-check';
import { type HomeOnOffer, type HousingNeed, compareFits, fitOf } from '../../bot/domain/fit.ts';
import { areaTypes, homeKinds, schemes } from '../../bot/domain/schemes.ts';

const home: HomeOnOffer = {
  scheme: 'state_subsidy',
  rooms: 2,
  sizeM2: 50,
  areaTypes: [],
  netNowOere: 360_000,
  netAtEndOere: 500_000,
};
const need: HousingNeed = {
  adults: 1,
  children: 0,
  homeKind: 'state_subsidy',
  payableOere: 500_000,
  declinedBefore: false,
};

it('has nothing to say of a home that can be paid now and later', () => {
  expect(fitOf(home, need)).toEqual({ fits: true, against: [], watch: [] });
});

describe('against a home speaks', () => {
  it.each<[string, Partial<HomeOnOffer>, Partial<HousingNeed>, string[]]>([
    ['too few rooms: 3 people, 1 room', { rooms: 1, sizeM2: 90 }, { children: 2 }, ['tooSmall']],
    ['not 2 people in 1 room of 20 m²', { rooms: 1, sizeM2: 20 }, { children: 1 }, []],
    ['too few m²: 2 people on 19', { rooms: 1, sizeM2: 19 }, { adults: 2 }, ['tooSmall']],
    ['not 5 people in 3 rooms of 80 m²', { rooms: 3, sizeM2: 80 }, { adults: 2, children: 3 }, []],
    ['5 people in 3 rooms of 79 m²', { rooms: 3, sizeM2: 79 }, { adults: 2, children: 3 }, ['tooSmall']],
    ['5 people in 2 rooms', { rooms: 2, sizeM2: 80 }, { adults: 2, children: 3 }, ['tooSmall']],
    ['no room too small for one person', { rooms: 1, sizeM2: 8 }, {}, []],
    ['a net rent of one øre too much', { netNowOere: 500_001, netAtEndOere: 500_001 }, {}, ['tooDear']],
    ['not one that is just payable', { netNowOere: 500_000 }, {}, []],
    ['that the citizen has declined it', {}, { declinedBefore: true }, ['declinedBefore']],
    [
      'all at once',
      { rooms: 1, scheme: 'none', netNowOere: 600_000 },
      { children: 2, declinedBefore: true },
      ['tooSmall', 'tooDear', 'otherKind', 'declinedBefore'],
    ],
  ])('%s', (_what, homeIs, needIs, against) => {
    const fit = fitOf({ ...home, ...homeIs }, { ...need, ...needIs });
    expect(fit.against).toEqual(against);
    expect(fit.fits).toBe(against.length === 0);
  });

  const matching: Readonly<Record<(typeof homeKinds)[number], readonly string[]>> = {
    state_subsidy: ['state_subsidy'],
    transitional: ['transitional'],
    cheap_existing: ['permanent_subsidy', 'none'],
    unconventional: ['none'],
    other_home: ['permanent_subsidy', 'none'],
    section_107: [],
    section_108: [],
    care_home: [],
  };
  it.each(homeKinds)('another kind than %s', (homeKind) => {
    const fitting = schemes.filter((scheme) => fitOf({ ...home, scheme }, { ...need, homeKind }).fits);
    expect(fitting).toEqual(matching[homeKind]);
  });
});

describe('to look at is', () => {
  it.each<[string, Partial<HomeOnOffer>, Partial<HousingNeed>, string[]]>([
    ['a rent that becomes too dear', { netAtEndOere: 500_001 }, {}, ['dearLater']],
    ['that nobody knows what can be paid', {}, { payableOere: null }, ['payableUnknown']],
    ['a home with more than two rooms to spare', { rooms: 4 }, {}, ['large']],
    ['not one with two rooms to spare', { rooms: 3 }, {}, []],
    ['a large one for three only from six rooms', { rooms: 5 }, { adults: 2, children: 1 }, []],
  ])('%s', (_what, homeIs, needIs, watch) => {
    expect(fitOf({ ...home, ...homeIs }, { ...need, ...needIs })).toEqual({ fits: true, against: [], watch });
  });

  it.each(areaTypes)('the law, and never a refusal, in an area listed as %s', (areaType) => {
    expect(fitOf({ ...home, areaTypes: [areaType] }, need)).toEqual({ fits: true, against: [], watch: ['areaCheck'] });
  });
});

it('orders what fits first, then what needs fewer looks', () => {
  const fine = fitOf(home, need);
  const oneLook = fitOf({ ...home, rooms: 4 }, need);
  const twoLooks = fitOf({ ...home, rooms: 4, areaTypes: ['prevention'] }, need);
  const no = fitOf(home, { ...need, declinedBefore: true });
  const wanted = [fine, oneLook, twoLooks, no];
  fc.assert(
    fc.property(fc.shuffledSubarray(wanted, { minLength: 4 }), (some) => {
      expect(some.sort(compareFits)).toEqual(wanted);
    }),
  );
  expect(compareFits(fine, { ...fine })).toBe(0);
});
