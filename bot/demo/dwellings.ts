/** The demo's dwelling stock: made-up associations, departments, addresses and rents. */
import type { AreaType, Scheme } from '../domain/schemes.ts';

export interface DemoDwelling {
  /** Stories name it by this. */
  readonly address: string;
  readonly rooms: number;
  readonly sizeM2: number;
  readonly scheme: Scheme;
  /** Kroner a month, today. */
  readonly rent: number;
  /** Kroner a month, where the scheme does not regulate it. */
  readonly subsidy?: number;
  /** Free since so many days, or in so many when negative; a home that nobody names is free. */
  readonly vacant?: number;
  /** The association must have its answer in so many days. */
  readonly answerIn?: number;
  readonly withdrawnFor?: string;
  /** A rent that is known already, from the first of a month so many months ahead. */
  readonly rises?: { readonly months: number; readonly to: number };
}

export interface DemoEstate {
  readonly association: string;
  readonly name: string;
  readonly postcode: string;
  readonly town: string;
  /** On which list it stands, from the latest 1 December but so many years. */
  readonly area?: { readonly type: AreaType; readonly yearsBefore: number };
  readonly dwellings: readonly DemoDwelling[];
}

type More = Omit<DemoDwelling, 'address' | 'rooms' | 'sizeM2' | 'scheme' | 'rent'>;

const ofScheme =
  (scheme: Scheme) =>
  (address: string, rooms: number, sizeM2: number, rent: number, more: More = {}): DemoDwelling => ({
    ...{ address, rooms, sizeM2, scheme, rent },
    ...more,
  });
const state = ofScheme('state_subsidy');
const transitional = ofScheme('transitional');
const permanent = ofScheme('permanent_subsidy');
const plain = ofScheme('none');

const kornvaenget: DemoEstate = {
  ...{ association: 'Boligforeningen Lærken', name: 'Kornvænget', postcode: '2400', town: 'København NV' },
  dwellings: [
    state('Kornvænget 4, 1. tv.', 1, 34, 4_512, { vacant: 12, answerIn: 9 }),
    state('Kornvænget 4, 2. th.', 2, 52, 4_812, { vacant: 33 }),
    state('Kornvænget 6, st. tv.', 2, 51, 4_790, { vacant: 20, answerIn: 1 }),
    state('Kornvænget 6, 3. th.', 1, 36, 4_585),
    state('Kornvænget 8, 1. th.', 2, 55, 4_905),
    state('Kornvænget 8, 4. tv.', 1, 38, 4_640),
    state('Kornvænget 10, 2. tv.', 2, 50, 4_760),
    state('Kornvænget 12, st. th.', 1, 33, 4_530),
    plain('Kornvænget 12, 3. tv.', 1, 29, 3_240, { vacant: 6 }),
  ],
};

const moellegaarden: DemoEstate = {
  ...{ association: 'Boligforeningen Lærken', name: 'Møllegården', postcode: '2300', town: 'København S' },
  area: { type: 'prevention', yearsBefore: 1 },
  dwellings: [
    transitional('Møllestien 17, st.', 2, 48, 4_690, { subsidy: 1_450, vacant: 41 }),
    transitional('Møllestien 17, 2. mf.', 1, 35, 4_260, { subsidy: 1_200 }),
    transitional('Møllestien 19, 1. tv.', 2, 47, 4_640, { subsidy: 1_400 }),
    transitional('Møllestien 19, 3. th.', 1, 36, 4_310, { subsidy: 1_250, vacant: 25 }),
    plain('Møllestien 21, 1. th.', 3, 74, 6_150, { vacant: 54, answerIn: -4 }),
    plain('Møllestien 21, 2. th.', 2, 55, 4_870),
    plain('Møllestien 21, 4. tv.', 2, 56, 4_980),
  ],
};

const taarnet: DemoEstate = {
  ...{ association: 'Andelen Havblik', name: 'Tårnet', postcode: '2150', town: 'Nordhavn' },
  dwellings: [
    permanent('Strandalléen 9, 5. mf.', 1, 38, 4_980, { subsidy: 900, vacant: 8, answerIn: 4 }),
    permanent('Strandalléen 9, 6. mf.', 1, 38, 5_260, { subsidy: 900, vacant: 47 }),
    permanent('Strandalléen 9, 7. tv.', 2, 52, 4_950, { subsidy: 900 }),
    permanent('Strandalléen 11, 2. mf.', 1, 37, 4_890, { subsidy: 900 }),
    permanent('Strandalléen 11, 3. th.', 2, 54, 4_995, { subsidy: 900 }),
    permanent('Strandalléen 11, 4. tv.', 2, 53, 4_940, { subsidy: 900, vacant: -20 }),
    plain('Strandalléen 13, 1. tv.', 3, 81, 6_800, { vacant: 63 }),
  ],
};

const teglhaven: DemoEstate = {
  ...{ association: 'Boligselskabet Fyrtårnet', name: 'Teglhaven', postcode: '2450', town: 'København SV' },
  dwellings: [
    state('Teglbuen 31, st. th.', 2, 58, 5_150, { vacant: 17, rises: { months: 2, to: 5_290 } }),
    state('Teglbuen 31, 2. tv.', 1, 39, 4_720),
    state('Teglbuen 33, 1. th.', 2, 57, 5_090),
    state('Teglbuen 33, 3. tv.', 3, 72, 5_890, { vacant: 28 }),
    state('Teglbuen 35, 4. th.', 2, 56, 5_060),
    state('Teglbuen 37, 1. tv.', 1, 40, 4_760),
    plain('Teglbuen 37, 2. th.', 1, 31, 3_380),
    plain('Teglbuen 39, st. tv.', 2, 49, 4_350, { vacant: 3 }),
    plain('Teglbuen 39, 3. th.', 1, 30, 3_310, { vacant: 72, withdrawnFor: 'unfit' }),
  ],
};

const lindeparken: DemoEstate = {
  ...{ association: 'Boligselskabet Fyrtårnet', name: 'Lindeparken', postcode: '2700', town: 'Brønshøj' },
  dwellings: [
    state('Lindeparken 22, 1. tv.', 2, 54, 4_860),
    state('Lindeparken 22, 2. th.', 1, 37, 4_590),
    state('Lindeparken 24, st. th.', 3, 70, 5_740),
    state('Lindeparken 24, 3. tv.', 2, 53, 4_830),
    state('Lindeparken 26, 1. th.', 1, 36, 4_570),
    state('Lindeparken 26, 2. tv.', 2, 55, 4_880),
    plain('Lindeparken 28, 1. tv.', 2, 50, 4_240),
    plain('Lindeparken 28, 4. th.', 1, 32, 3_460),
  ],
};

const stjernehuset: DemoEstate = {
  ...{ association: 'Almen Bolig Nord', name: 'Stjernehuset', postcode: '2400', town: 'København NV' },
  area: { type: 'deprived', yearsBefore: 0 },
  dwellings: [
    state('Stjernegangen 3, 5. th.', 2, 60, 4_540, { vacant: 88 }),
    plain('Stjernegangen 5, 2. tv.', 3, 78, 5_320),
  ],
};

const valbyvang: DemoEstate = {
  ...{ association: 'Almen Bolig Nord', name: 'Valbyvang', postcode: '2500', town: 'Valby' },
  dwellings: [
    state('Vangstien 14, 1. th.', 2, 53, 4_935),
    state('Vangstien 14, 3. tv.', 1, 37, 4_610),
    state('Vangstien 16, st. tv.', 2, 54, 4_970),
    transitional('Vangstien 16, 2. th.', 1, 34, 4_180, { subsidy: 1_150 }),
    transitional('Vangstien 18, 1. tv.', 2, 46, 4_520, { subsidy: 1_350 }),
    transitional('Vangstien 18, 3. th.', 1, 35, 4_220, { subsidy: 1_180 }),
  ],
};

export const estates: readonly DemoEstate[] = [
  ...[kornvaenget, moellegaarden, taarnet, teglhaven, lindeparken, stjernehuset, valbyvang],
];
