import { fold, specify } from '#libs/decider';
import { glassOf } from '#libs/restriction';
import type { RestrictRequest } from './commands.js';
import type { RequestEvent } from './events.js';
import { permitted } from './permitted.js';
import { allocate, allocated, authorised, because, imports, later, onTheWay, prioritised, received } from './request.builders.js';
import { request } from './request.js';
import { retentionOf } from './retention.js';
import { RETENTION } from './retention-rules.js';

const { given } = specify(request);
const names = ['dols-1', 'manager-1'];
const restrict: RestrictRequest = { type: 'RestrictRequest', at: later, by: 'manager-1', names: ['dols-1'], why: 'domestic_abuse', reason: null, unknown: [], namedHere: names };
const restricted: RequestEvent = { type: 'RequestRestricted', at: later, by: 'manager-1', names, why: 'domestic_abuse', reason: null };
const lift = { type: 'LiftRestriction', at: later, by: 'manager-1', reason: because, namedHere: names } as const;
const lifted: RequestEvent = { type: 'RestrictionLifted', at: later, by: 'manager-1', reason: because };
const breakGlass = { type: 'BreakGlass', at: later, by: 'dols-2', until: '2026-07-10T11:00:00.000000Z', reason: because } as const;
const broken: RequestEvent = { ...breakGlass, type: 'GlassBroken' };

describe('restricting a request', () => {
  it('opens it to those who are named and to whoever restricts it, wherever it is', () => {
    for (const story of [[received], onTheWay, authorised]) given(...story).when(restrict).then(restricted);
    given(received).when({ ...restrict, names: [] }).then({ ...restricted, names: ['manager-1'] });
  });

  it('names nobody who does not work here, says why, and names a person', () => {
    given(received).when({ ...restrict, unknown: ['dols-1'] }).thenRefused('request/not-staff-here');
    given(received).when({ ...restrict, why: 'other' }).thenRefused('request/reason-required');
    given(received).when({ ...restrict, by: ' ' }).thenRefused('request/person-required');
    given().when(restrict).thenRefused('request/not-received');
  });

  it('is changed and lifted, with a reason, by those who are named', () => {
    given(received, restricted).when({ ...restrict, by: 'dols-1', names: ['dols-3'] }).then({ ...restricted, by: 'dols-1', names: ['dols-1', 'dols-3'] });
    given(received, restricted).when({ ...restrict, names }).thenNothing();
    given(received, restricted).when(lift).then(lifted);
    given(received, restricted).when({ ...lift, reason: null }).thenRefused('request/reason-required');
    given(received, restricted, lifted).when(lift).thenNothing();
    for (const command of [{ ...restrict, by: 'dols-2' }, { ...lift, by: 'dols-2' }]) given(received, restricted, broken).when(command).thenRefused('request/not-named');
  });

  it('leaves it with no assessor who could not see it', () => {
    given(received, prioritised, restricted).when(allocate).thenRefused('request/not-open-to');
    const named: RequestEvent = { ...restricted, names: ['bia-1', 'manager-1'] };
    given(received, prioritised, named).when(allocate).thenRefused('request/not-open-to');
    given(received, prioritised, named).when({ ...allocate, mentalHealthAssessor: null }).then({ ...allocated, mentalHealthAssessor: null });
    expect(fold(request, [...onTheWay, named])).toMatchObject({ status: 'allocated', allocation: { bestInterestsAssessor: 'bia-1', mentalHealthAssessor: null } });
  });

  it('lets one whose best interests assessor could not see it wait to be allocated again', () => {
    const named: RequestEvent = { ...restricted, names: ['bia-1', 'manager-1'] };
    for (const event of [restricted, { ...restricted, by: null, why: 'same_person' } as const, { ...restricted, names: ['manager-1', 'mha-1'] }]) {
      const state = fold(request, [...onTheWay, event]);
      expect(state).toMatchObject({ status: 'prioritised', allocation: null });
      expect(permitted(state)).toContain('AllocateRequest');
    }
    given(...onTheWay, restricted, named).when({ ...allocate, mentalHealthAssessor: null }).then({ ...allocated, mentalHealthAssessor: null });
    const [, ...allocatedSince] = onTheWay.filter(({ type }) => type !== 'RequestPrioritised');
    for (const [story, status] of [[[received, allocated], 'received'], [[received, ...allocatedSince], 'screened']] as const) expect(fold(request, [...story, restricted])).toMatchObject({ status, allocation: null });
    expect(fold(request, [...authorised, restricted])).toMatchObject({ status: 'authorised' });
    expect(fold(request, [...onTheWay, restricted, lifted])).toMatchObject({ status: 'prioritised', allocation: null });
  });

  it('is offered whatever it waits for, and not once it was disposed of', () => {
    for (const story of [[received], onTheWay, authorised]) expect(permitted(fold(request, story))).toContain('RestrictRequest');
    expect(permitted(fold(request, [received, restricted]))).toEqual(expect.arrayContaining(['RestrictRequest', 'LiftRestriction', 'BreakGlass']));
  });

  it('is no contact with whom it is about; by somebody, it ends a proposal that the request may go', () => {
    const retention = retentionOf(fold(request, authorised), '2030-01-01', RETENTION)!;
    const proposed: RequestEvent = { type: 'DisposalProposed', at: later, by: 'keeper-1', retention };
    const before = fold(request, authorised);
    for (const event of [restricted, lifted, broken]) {
      expect(fold(request, [...authorised, proposed, event])).toMatchObject({ disposalProposal: null, lastContactAt: 'lastContactAt' in before ? before.lastContactAt : '' });
    }
    expect(fold(request, [...authorised, proposed, { ...restricted, by: null }])).toMatchObject({ disposalProposal: { by: 'keeper-1' } });
  });
});

describe('keeping a request from somebody', () => {
  const keep = { type: 'KeepRequestFrom', at: later, by: 'dols-1', staff: ['bia-1'], why: 'close_to_source', reason: null, unknown: [], namedHere: [], managers: ['manager-1'] } as const;
  const kept: RequestEvent = { type: 'RequestKeptFrom', at: later, by: 'dols-1', staff: ['bia-1'], why: 'close_to_source', reason: null };
  const noMore: RequestEvent = { type: 'KeptNoMore', at: later, by: 'manager-1', staff: ['bia-1'], reason: because };

  it('takes it from the assessor, to be allocated to another', () => {
    given(...onTheWay).when(keep).then(kept);
    expect(fold(request, [...onTheWay, kept])).toMatchObject({ status: 'prioritised', allocation: null, keptFrom: [{ id: 'bia-1' }] });
    expect(fold(request, [...onTheWay, { ...kept, staff: ['doctor-1'] }])).toMatchObject({ status: 'allocated', allocation: { bestInterestsAssessor: 'bia-1', mentalHealthAssessor: null } });
  });

  it('gives it to them no more, until it is kept from them no more', () => {
    given(received, prioritised, kept).when(allocate).thenRefused('request/kept-from');
    given(received, prioritised, kept, noMore).when(allocate).then(allocated);
    given(received, kept).when({ ...restrict, names: ['bia-1'] }).thenRefused('request/kept-from');
  });

  it('is said by an assessor of themselves, while somebody is left who could take it back', () => {
    given(...onTheWay).when({ ...keep, by: 'bia-1' }).then({ ...kept, by: 'bia-1' });
    given(...onTheWay).when({ ...keep, managers: [] }).thenRefused('request/nobody-left');
  });
});

describe('a request about somebody', () => {
  const identify = { type: 'IdentifyPerson', at: later, personId: 'p1', personSequence: 1, ageBand: '75-84', restrictedTo: ['dols-1'] } as const;
  const identified: RequestEvent = { type: 'PersonIdentified', at: later, personId: 'p1', personSequence: 1, ageBand: '75-84' };
  const inherited: RequestEvent = { type: 'RequestRestricted', at: later, by: null, names: ['dols-1'], why: 'same_person', reason: null };

  it('of whom another is restricted is open to the same people alone, by nobody’s act', () => given(received).when(identify).then(identified, inherited));

  it('that is brought here from another system is too', () => {
    const { type: _type, ...held } = imports;
    given().when({ ...imports, restricted: { at: later, names: ['dols-1'] } }).then({ type: 'RequestImported', legacy: true, at: imports.receivedAt, legalTest: null, ...held }, inherited);
  });

  it('that was entered in error inherits nothing', () => {
    const inError: RequestEvent[] = [{ type: 'EnteredInErrorProposed', at: later, by: 'officer-1', reason: because }, { type: 'EnteredInErrorConfirmed', at: later, by: 'officer-2', proposedBy: 'officer-1', reason: because }];
    given(received, ...inError).when(identify).then(identified);
    expect(permitted(fold(request, [received, ...inError]))).toContain('IdentifyPerson');
  });

  it('inherits once, and nothing where somebody decided already', () => {
    given(received, restricted).when(identify).then(identified);
    const again = { ...identify, personSequence: 2 } as const;
    given(received, identified, restricted, lifted).when(again).then({ ...identified, personSequence: 2 });
  });
});

describe('breaking the glass of a request', () => {
  it('opens it to somebody who is not named, for a while, with a reason', () => {
    given(received, restricted).when(breakGlass).then(broken);
    given(received, restricted).when({ ...breakGlass, reason: null }).thenRefused('request/reason-required');
    given(received, restricted).when({ ...breakGlass, by: 'dols-1' }).thenNothing();
    given(received).when(breakGlass).thenNothing();
    const state = fold(request, [received, restricted, broken]);
    expect(state.status === 'absent' ? undefined : glassOf(state, 'dols-2')).toMatchObject({ reason: because });
  });
});
