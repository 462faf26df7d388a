import fc from 'fast-check';
import {
  type AccessSubject,
  type Action,
  actions,
  type Actor,
  mayDo,
  mayShow,
  reachOf,
  RIGHTS,
  type StaffRole,
  staffRoles,
} from '../../bot/domain/access.ts';

const actor = (role: StaffRole, unitPath: string, more: Partial<Actor> = {}): Actor => ({
  staffId: 'me',
  name: 'Me',
  assignments: [{ role, unitPath }],
  standsInFor: [],
  ...more,
});
const paths = { shelter: '/sf/boc/', authority: '/sf/hje/', housing: null };
const subject = (more: Partial<AccessSubject> = {}): AccessSubject => ({ caseworkerId: null, paths, ...more });

describe('a unit', () => {
  it('is not the one whose code merely begins alike', () => {
    expect(mayDo(actor('manager', '/sf/hj/'), 'case.see', subject()).allowed).toBe(false);
    expect(mayDo(actor('manager', '/sf/hje/'), 'case.see', subject()).allowed).toBe(true);
    expect(mayDo(actor('manager', '/sf/'), 'case.see', subject()).allowed).toBe(true);
    expect(mayDo(actor('manager', '/sf/hje/below/'), 'case.see', subject()).allowed).toBe(false);
  });

  const code = fc.stringMatching(/^[a-z0-9_%-]{1,6}$/);
  const path = fc.array(code, { minLength: 1, maxLength: 4 }).map((codes) => `/${codes.join('/')}/`);

  it('reaches exactly itself and what is below it', () => {
    fc.assert(
      fc.property(path, path, (own, theirs) => {
        const parts = (text: string) => text.split('/').filter(Boolean);
        const below = parts(own).every((part, index) => parts(theirs)[index] === part);
        const verdict = mayDo(actor('manager', own), 'case.move', subject({ paths: { ...paths, authority: theirs } }));
        expect(verdict.allowed).toBe(below);
      }),
    );
    fc.assert(
      fc.property(path, code, (own, child) => {
        const theirs = subject({ paths: { ...paths, authority: `${own}${child}/` } });
        expect(mayDo(actor('manager', own), 'case.move', theirs).allowed).toBe(true);
      }),
    );
  });

  it('is looked at from the side that the action belongs to', () => {
    expect(mayDo(actor('manager', '/sf/boc/'), 'case.move', subject()).allowed).toBe(false);
    expect(mayDo(actor('manager', '/sf/boc/'), 'step.shelter', subject()).allowed).toBe(true);
    expect(mayDo(actor('manager', '/sf/hje/'), 'step.shelter', subject()).allowed).toBe(false);
    expect(mayDo(actor('housing_officer', '/sf/anv/'), 'case.see', subject()).allowed).toBe(false);
    const nominated = subject({ paths: { ...paths, housing: '/sf/anv/' } });
    expect(mayDo(actor('housing_officer', '/sf/anv/'), 'step.housing', nominated).allowed).toBe(true);
  });
});

describe("a caseworker's own", () => {
  it('is told by the case, not by the unit', () => {
    const mine = subject({ caseworkerId: 'me' });
    expect(mayDo(actor('caseworker', '/sf/hje/'), 'step.caseworker', mine).allowed).toBe(true);
    expect(mayDo(actor('caseworker', '/sf/hje/'), 'step.caseworker', subject({ caseworkerId: 'you' })).allowed).toBe(
      false,
    );
    expect(mayDo(actor('caseworker', '/sf/hje/'), 'step.caseworker', subject()).allowed).toBe(false);
    expect(mayDo(actor('shelter_staff', '/sf/boc/'), 'step.caseworker', mine).allowed).toBe(false);
  });
});

describe('a deputy', () => {
  const absent = { staffId: 'you', name: 'You', assignments: [{ role: 'caseworker' as const, unitPath: '/sf/hje/' }] };
  const deputy = actor('caseworker', '/sf/hje/', { standsInFor: [absent] });

  it('acts for the absent one only where the own right ends', () => {
    expect(mayDo(deputy, 'step.caseworker', subject({ caseworkerId: 'you' }))).toEqual({
      allowed: true,
      onBehalfOf: { staffId: 'you', name: 'You' },
    });
    expect(mayDo(deputy, 'step.caseworker', subject({ caseworkerId: 'me' }))).toEqual({
      allowed: true,
      onBehalfOf: null,
    });
    expect(mayDo(deputy, 'step.caseworker', subject({ caseworkerId: 'third' }))).toEqual({ allowed: false });
  });

  it('reaches what both reach', () => {
    expect(reachOf(deputy, 'case.move')).toEqual({ paths: [], own: ['me', 'you'], all: false });
    expect(reachOf(deputy, 'case.see')).toEqual({ paths: ['/sf/hje/', '/sf/hje/'], own: [], all: false });
    expect(reachOf(actor('auditor', '/sf/'), 'log.export')).toEqual({ paths: [], own: [], all: true });
  });
});

describe('the table of rights', () => {
  const allowed = (role: StaffRole, action: Action) => RIGHTS[role][action] !== undefined;

  it('shows no citizen to those who work without them', () => {
    for (const role of ['bif_caseworker', 'track_owner', 'administrator', 'auditor'] as const)
      for (const action of actions.filter((name) => name.startsWith('case.') || name.startsWith('step.')))
        expect(allowed(role, action)).toBe(false);
  });

  it('gives a support worker nothing but their own citizens', () => {
    expect(RIGHTS.support_worker).toEqual({
      'case.see': 'own',
      'case.tell-citizen': 'own',
      'case.settle-duty': 'own',
      'step.support': 'own',
      'capacity.ask': 'own',
    });
    const worker = actor('support_worker', '/sf/');
    for (const action of actions) {
      const follows = mayDo(worker, action, subject({ caseworkerId: 'you', supporterId: 'me' })).allowed;
      expect(follows).toBe(allowed('support_worker', action));
      // Not by being its caseworker, nor by sitting above its unit.
      expect(mayDo(worker, action, subject({ caseworkerId: 'me', supporterId: 'you' })).allowed).toBe(false);
      expect(mayDo(worker, action, subject()).allowed).toBe(false);
    }
  });

  it('lets a follow-up be done by whoever follows up, not by the caseworker as such', () => {
    const caseworker = actor('caseworker', '/sf/hje/');
    const does = (supporterId: string | null) =>
      mayDo(caseworker, 'step.support', subject({ caseworkerId: 'me', supporterId })).allowed;
    expect([does('me'), does('you'), does(null)]).toEqual([true, false, false]);
  });

  it('lets nobody nominate and decide by one role but a manager', () => {
    const both = staffRoles.filter((role) => allowed(role, 'step.caseworker') && allowed(role, 'step.housing'));
    expect(both).toEqual(['manager']);
  });

  it('lets whoever may change a case see it', () => {
    for (const role of staffRoles)
      for (const action of actions.filter((name) => name.startsWith('step.') || name.startsWith('case.')))
        if (allowed(role, action)) expect(allowed(role, 'case.see')).toBe(true);
  });

  it('shows the dwelling stock to those who offer or ask for homes, and lets only those who keep it change it', () => {
    expect(staffRoles.filter((role) => allowed(role, 'home.see'))).toEqual([
      'caseworker',
      'housing_officer',
      'manager',
    ]);
    expect(staffRoles.filter((role) => allowed(role, 'home.manage'))).toEqual(['housing_officer', 'manager']);
    const stock: AccessSubject = {
      caseworkerId: null,
      paths: { shelter: null, authority: null, housing: '/sf/anv/' },
    };
    expect(mayDo(actor('housing_officer', '/sf/anv/'), 'home.manage', stock).allowed).toBe(true);
    expect(mayDo(actor('manager', '/sf/'), 'home.manage', stock).allowed).toBe(true);
    expect(mayDo(actor('manager', '/sf/hje/'), 'home.see', stock).allowed).toBe(false);
    expect(mayDo(actor('caseworker', '/sf/hje/'), 'home.see', stock).allowed).toBe(true);
    expect(mayDo(actor('caseworker', '/sf/hje/'), 'home.manage', stock).allowed).toBe(false);
  });

  it('is given no say by a person without a role', () => {
    fc.assert(
      fc.property(fc.constantFrom(...actions), (action) => {
        const nobody = { ...actor('manager', '/sf/'), assignments: [] };
        expect(mayDo(nobody, action, subject({ caseworkerId: 'me' })).allowed).toBe(false);
      }),
    );
  });
});

describe('what is shown', () => {
  it('to a conversation is the number alone, whoever asks', () => {
    expect(mayShow({ kind: 'conversation' }, subject({ caseworkerId: 'me' }))).toEqual({
      number: true,
      details: false,
    });
  });
  it('to a person is what they may see', () => {
    expect(mayShow({ kind: 'person', actor: actor('shelter_staff', '/sf/boc/') }, subject())).toEqual({
      number: true,
      details: true,
    });
    expect(mayShow({ kind: 'person', actor: actor('shelter_staff', '/sf/her/') }, subject())).toEqual({
      number: false,
      details: false,
    });
  });
});
