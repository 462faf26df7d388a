import fc from 'fast-check';
import { type HomesOfSchemes, frameUse, frameWarning } from '../../bot/domain/frames.ts';
import { type Frame, defaultRules } from '../../bot/domain/rules.ts';
import { type Scheme, schemes } from '../../bot/domain/schemes.ts';
import { type PlainDate, Temporal } from '../../bot/domain/time.ts';

const day = (text: string): PlainDate => Temporal.PlainDate.from(text);
const leases = (scheme: Scheme, ...days: string[]) => days.map((startsOn) => ({ scheme, startsOn: day(startsOn) }));
const offers = (scheme: Scheme, ...days: string[]) => days.map((offeredOn) => ({ scheme, offeredOn: day(offeredOn) }));

const state: Frame = {
  name: 'Statsligt',
  scheme: 'state_subsidy',
  places: 3,
  from: '2022-01-01',
  to: '2025-12-31',
  yearly: false,
};
const pilot: Frame = { ...state, name: 'Pilot', scheme: 'transitional', places: 2, to: '2023-12-31' };
const yearly: Frame = {
  ...state,
  name: 'Aftale',
  scheme: 'transitional',
  places: 2,
  from: '2024-01-01',
  to: '2027-12-31',
  yearly: true,
};
const frames = [state, pilot, yearly];
const nothing: HomesOfSchemes = { leases: [], offers: [] };

describe('the use of a frame', () => {
  const homes: HomesOfSchemes = {
    leases: [
      ...leases('state_subsidy', '2021-12-31', '2022-01-01', '2025-12-31', '2026-01-01'),
      ...leases('transitional', '2023-12-31', '2024-01-01', '2026-05-01', '2026-12-31', '2027-01-01'),
      ...leases('none', '2024-01-01'),
    ],
    offers: [...offers('state_subsidy', '2025-12-30'), ...offers('transitional', '2026-11-20')],
  };

  it.each([
    // State: 2022-01-01 and 2025-12-31 are used, one is offered, of 3. Pilot: 2023-12-31 of 2.
    // Yearly: of 2026 two are used and one is offered, of 2; of 2024 one; of 2027 one.
    ['2024-06-01', ['2 + 1, 0 left', '1 + 0, 1 left, ended', '1 + 0, 1 left']],
    ['2025-12-31', ['2 + 1, 0 left', '1 + 0, 1 left, ended', '0 + 0, 2 left']],
    ['2026-01-01', ['2 + 1, 0 left, ended', '1 + 0, 1 left, ended', '2 + 1, 0 left, over']],
    ['2027-12-31', ['2 + 1, 0 left, ended', '1 + 0, 1 left, ended', '1 + 0, 1 left']],
    ['2028-01-01', ['2 + 1, 0 left, ended', '1 + 0, 1 left, ended', '1 + 0, 1 left, ended']],
    ['2023-12-31', ['2 + 1, 0 left', '1 + 0, 1 left', '1 + 0, 1 left']],
  ])('on %s', (today, expected) => {
    const uses = frameUse(frames, homes, day(today)).map(
      ({ used, reserved, left, over, ended }) =>
        `${used} + ${reserved}, ${left} left${over ? ', over' : ''}${ended ? ', ended' : ''}`,
    );
    expect(uses).toEqual(expected);
  });

  it('never leaves less than none, and is over only when something is too much', () => {
    const aDay = fc.integer({ min: 0, max: 2_500 }).map((days) => day('2022-01-01').add({ days }));
    const aScheme = fc.constantFrom(...schemes);
    fc.assert(
      fc.property(
        fc.array(fc.record({ scheme: aScheme, startsOn: aDay }), { maxLength: 12 }),
        fc.array(fc.record({ scheme: aScheme, offeredOn: aDay }), { maxLength: 6 }),
        aDay,
        (leased, offered, today) => {
          for (const use of frameUse(frames, { leases: leased, offers: offered }, today)) {
            const { frame, used, reserved, left, over } = use;
            expect(left).toBe(Math.max(0, frame.places - used - reserved));
            expect(over).toBe(used + reserved > frame.places);
          }
        },
      ),
    );
  });
});

describe('an offer', () => {
  const full = { ...nothing, leases: leases('transitional', '2026-02-01', '2026-03-01') };
  it.each<[string, Scheme, HomesOfSchemes, string, string | null]>([
    ['within the frame', 'state_subsidy', nothing, '2025-12-31', null],
    ['after the frame', 'state_subsidy', nothing, '2026-01-01', 'ended'],
    ['before the frame', 'state_subsidy', nothing, '2021-12-31', null],
    [
      'with the last place free',
      'transitional',
      { ...nothing, leases: leases('transitional', '2026-02-01') },
      '2026-11-22',
      null,
    ],
    ['with none free', 'transitional', full, '2026-11-22', 'full'],
    ['with none free but in another year', 'transitional', full, '2027-01-01', null],
    [
      'with the last place offered',
      'transitional',
      { leases: full.leases.slice(1), offers: offers('transitional', '2026-11-01') },
      '2026-11-22',
      'full',
    ],
    ['after the last of several frames', 'transitional', full, '2028-01-01', 'ended'],
    ['of a scheme without a frame', 'none', full, '2026-11-22', null],
  ])('%s', (_what, scheme, homes, today, warning) => {
    expect(frameWarning(frameUse(frames, homes, day(today)), scheme, day(today))).toBe(warning);
  });

  it('between two frames is after the first', () => {
    const gap = [pilot, { ...yearly, from: '2025-01-01' }];
    expect(frameWarning(frameUse(gap, nothing, day('2024-06-01')), 'transitional', day('2024-06-01'))).toBe('ended');
  });

  it('may use either of two frames in force', () => {
    const second = { ...yearly, name: 'Tillæg', places: 3 };
    const warning = (frames: Frame[]) =>
      frameWarning(frameUse(frames, full, day('2026-11-22')), 'transitional', day('2026-11-22'));
    expect(warning([yearly, second])).toBeNull();
    expect(warning([yearly, { ...second, places: 1 }])).toBe('full');
  });

  it('of a state-subsidised home is warned of today, by the default frames', () => {
    const today = day('2026-11-22');
    const uses = frameUse(defaultRules.frames, nothing, today);
    expect(schemes.map((scheme) => frameWarning(uses, scheme, today))).toEqual(['ended', null, null, null]);
  });
});
