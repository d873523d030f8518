import * as fc from 'fast-check';
import { type Asked, decide, type Held, type Who } from './decide.js';
import { type Action, actions, type Right, rights, scopeOf, scopes } from './rights.js';
import { type Role, roleCodes } from './roles.js';

const west = 'E06000062';
const north = 'E06000061';
const somebody = (role: Role, more: Partial<Who> = {}): Who => ({ id: 'somebody', roles: [role], authority: west, ...more });
const aRecord = (more: Partial<Held> = {}): Held => ({ authority: west, ...more });
const verdict = (who: Who, action: Action, record?: Held) => decide({ who, action, ...(record ? { record } : {}) });
const yes = { allowed: true };
const no = (rule: string) => ({ allowed: false, rule });

describe('what somebody may do', () => {
  it('follows from their role', () => {
    expect(verdict(somebody('triage_officer'), 'concern.triage', aRecord())).toEqual(yes);
    expect(verdict(somebody('enquiry_worker'), 'concern.triage', aRecord())).toEqual(no('role'));
  });

  it('is what any of their roles may', () => {
    const both = somebody('partner', { roles: ['partner', 'dols_administrator'] });
    expect(verdict(both, 'dols_request.read', aRecord({ raisedBy: 'another' }))).toEqual(yes);
  });

  it('ends where another authority begins, and where nobody says whose a record is', () => {
    expect(verdict(somebody('manager'), 'enquiry.read', aRecord({ authority: north }))).toEqual(no('authority'));
    expect(verdict(somebody('manager'), 'enquiry.read', aRecord({ authority: null }))).toEqual(no('authority'));
    expect(verdict(somebody('manager', { authority: null }), 'enquiry.read', aRecord({ authority: null }))).toEqual(no('authority'));
  });

  it('is for a board member to see every authority’s measures and nobody’s record', () => {
    const member = somebody('board_member', { authority: null });
    for (const authority of [west, north, null]) expect(verdict(member, 'measures.read', aRecord({ authority }))).toEqual(yes);
    expect(actions.filter((action) => verdict(member, action).allowed)).toEqual(['measures.read']);
  });

  it('is for an assessor what is done with the cases assigned to them', () => {
    const assessor = somebody('best_interests_assessor');
    expect(verdict(assessor, 'dols_request.assess', aRecord({ assignees: ['another', 'somebody'] }))).toEqual(yes);
    expect(verdict(assessor, 'dols_request.assess', aRecord({ assignees: ['another'] }))).toEqual(no('not_assigned'));
    expect(verdict(assessor, 'dols_request.read', aRecord())).toEqual(no('not_assigned'));
  });

  it('is for a partner to see what they raised themselves', () => {
    expect(verdict(somebody('partner'), 'concern.read', aRecord({ raisedBy: 'somebody' }))).toEqual(yes);
    expect(verdict(somebody('partner'), 'concern.read', aRecord({ raisedBy: 'another' }))).toEqual(no('not_own'));
    expect(verdict(somebody('partner'), 'concern.read', aRecord())).toEqual(no('not_own'));
    expect(verdict(somebody('partner'), 'concern.read', aRecord({ raisedBy: 'somebody', authority: north }))).toEqual(yes);
    expect(verdict(somebody('partner', { authority: null }), 'concern.raise', aRecord({ raisedBy: 'somebody' }))).toEqual(yes);
  });

  it('is not to decide what they assessed themselves', () => {
    const both = somebody('authoriser', { roles: ['authoriser', 'best_interests_assessor'] });
    expect(verdict(both, 'dols_request.decide', aRecord({ doneBy: ['somebody'] }))).toEqual(no('own_decision'));
    expect(verdict(both, 'dols_request.decide', aRecord({ doneBy: ['another'] }))).toEqual(yes);
    expect(verdict(both, 'dols_request.read', aRecord({ doneBy: ['somebody'] }))).toEqual(yes);
  });

  it('is not to see what is about themselves, or names them as a source of risk', () => {
    const known = somebody('manager', { personId: 'person-1' });
    expect(verdict(known, 'concern.read', aRecord({ aboutPersonId: 'person-1' }))).toEqual(no('about_oneself'));
    expect(verdict(known, 'concern.read', aRecord({ sourceOfRiskIds: ['person-1'] }))).toEqual(no('source_of_risk'));
    expect(verdict(known, 'concern.read', aRecord({ sourceOfRiskIds: ['somebody'] }))).toEqual(no('source_of_risk'));
    expect(verdict(known, 'concern.read', aRecord({ aboutPersonId: 'person-2', sourceOfRiskIds: ['another'] }))).toEqual(yes);
    expect(verdict(somebody('manager'), 'concern.read', aRecord({ aboutPersonId: null }))).toEqual(yes);
  });
});

const ids: fc.Arbitrary<string> = fc.constantFrom('somebody', 'another', 'person-1', 'person-2');
const authorities = fc.constantFrom(west, north, null);
const anyWho = fc.record(
  { id: ids, roles: fc.subarray(roleCodes), authority: authorities, personId: ids },
  { requiredKeys: ['id', 'roles', 'authority'] },
);
const anyRecord: fc.Arbitrary<Held> = fc.record(
  {
    authority: authorities,
    assignees: fc.array(ids),
    raisedBy: fc.option(ids),
    doneBy: fc.array(ids),
    aboutPersonId: fc.option(ids),
    sourceOfRiskIds: fc.array(ids),
  },
  { requiredKeys: ['authority'] },
);
const anyQuestion: fc.Arbitrary<Required<Asked>> = fc.record({ who: anyWho, action: fc.constantFrom(...actions), record: anyRecord });
const withRecord = (asked: Required<Asked>, more: Partial<Held>) => decide({ ...asked, record: { ...asked.record, ...more } });
const reachesEvery = ({ who, action }: Asked) => who.roles.some((role) => scopeOf(action, role) === 'every');

describe('whoever asks for whatever', () => {
  it('is allowed nothing without a role of the table', () => {
    const anyText = fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'toString', 'data', 'board'));
    fc.assert(fc.property(anyQuestion, fc.array(anyText), fc.boolean(), (asked, texts, isAboutRecord) => {
      const roles = texts.filter((text) => !roleCodes.includes(text as Role)) as Role[];
      const { record, ...rest } = { ...asked, who: { ...asked.who, roles } };
      expect(decide(isAboutRecord ? { ...rest, record } : rest)).toEqual(no('role'));
    }));
  });

  it('is allowed nothing that is not in the table', () => {
    fc.assert(fc.property(anyQuestion, fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor')), (asked, text) => {
      fc.pre(!actions.includes(text as Action));
      expect(decide({ ...asked, action: text as Action })).toEqual(no('role'));
    }));
  });

  it('is allowed what a role has, and the widest of what several have', () => {
    fc.assert(fc.property(anyQuestion, (asked) => {
      const { who: { roles }, action } = asked;
      expect(decide({ who: asked.who, action }).allowed).toBe(roles.some((role) => scopeOf(action, role) !== undefined));
      const one = roles.some((role) => decide({ ...asked, who: { ...asked.who, roles: [role] } }).allowed);
      expect(decide(asked).allowed).toBe(one);
    }));
  });

  it('is never allowed another authority’s record, unless they raised it there', () => {
    fc.assert(fc.property(anyQuestion, (asked) => {
      fc.pre(asked.record.authority !== asked.who.authority && asked.record.raisedBy !== asked.who.id && !reachesEvery(asked));
      expect(decide(asked).allowed).toBe(false);
    }));
  });

  it('is never allowed more by being named as a risk, or by having done it', () => {
    fc.assert(fc.property(anyQuestion, fc.array(ids), (asked, some) => {
      fc.pre(!decide(asked).allowed);
      expect(withRecord(asked, { sourceOfRiskIds: [...(asked.record.sourceOfRiskIds ?? []), ...some] }).allowed).toBe(false);
      expect(withRecord(asked, { doneBy: [...(asked.record.doneBy ?? []), ...some] }).allowed).toBe(false);
    }));
  });

  it('is allowed with a record only what they are allowed at all', () => {
    fc.assert(fc.property(anyQuestion, ({ who, action, record }) => {
      fc.pre(decide({ who, action, record }).allowed);
      expect(decide({ who, action })).toEqual(yes);
    }));
  });
});

const directory = /^(staff_member|team|organisation|place|mention)\./;

describe('the table', () => {
  it('gives a role one reach for an action', () => {
    for (const [action, right] of Object.entries(rights) as [Action, Right][]) {
      const named = scopes.flatMap((scope) => right[scope] ?? []);
      expect([action, named]).toEqual([action, [...new Set(named)]]);
    }
  });

  it('gives every role something to do, and every action somebody who does it', () => {
    expect(roleCodes.filter((role) => !actions.some((action) => scopeOf(action, role)))).toEqual([]);
    expect(actions.filter((action) => !roleCodes.some((role) => scopeOf(action, role)))).toEqual([]);
  });

  it('reaches beyond an authority for measures alone, which lead to nobody', () => {
    expect(actions.filter((action) => (rights[action] as Right).every)).toEqual(['measures.read']);
  });

  it('lets the mental health assessor do what the best interests assessor does', () => {
    for (const action of actions) expect(scopeOf(action, 'mental_health_assessor')).toBe(scopeOf(action, 'best_interests_assessor'));
  });

  it('lets assessors do nothing but raise concerns and work on cases assigned to them, and partners and the public nothing but with their own', () => {
    // Who works here, and which organisations and places there are, is no case.
    const onCases = actions.filter((action) => !directory.test(action));
    const reachOf = (role: Role) => [...new Set(onCases.flatMap((action) => scopeOf(action, role) ?? []))];
    expect(['best_interests_assessor', 'mental_health_assessor'].map((role) => reachOf(role as Role))).toEqual([['own', 'assigned'], ['own', 'assigned']]);
    expect(['partner', 'public'].map((role) => reachOf(role as Role))).toEqual([['own'], ['own']]);
  });

  it('lets partners and assessors read the directory and change nothing of it, and the public not even that', () => {
    const inDirectory = actions.filter((action) => directory.test(action));
    const may = (role: Role) => inDirectory.filter((action) => scopeOf(action, role));
    expect(may('partner')).toEqual(['organisation.read', 'place.read']);
    expect(may('best_interests_assessor')).toEqual(['staff_member.read', 'team.read', 'organisation.read', 'place.read']);
    expect(may('public')).toEqual([]);
  });
});
