import * as fc from 'fast-check';
import { specify } from '#libs/decider';
import { authorised, because, granting, imports, later, onTheWay, received, withdraw } from './request.builders.js';
import type { RequestEvent } from './events.js';
import { request } from './request.js';
import { retentionOf } from './retention.js';
import { RETENTION, type RetentionRule } from './retention-rules.js';

const { given } = specify(request);
const after = (...events: RequestEvent[]) => events.reduce(request.evolve, request.initialState);
const withdrawn = request.decide(withdraw, after(...onTheWay));
const closed: RequestEvent[] = [...onTheWay, ...withdrawn];
const ended: RequestEvent = { type: 'AuthorisationEnded', at: '2026-12-01T09:00:00.000000Z', by: 'officer-1', endedOn: '2026-11-30', why: 'ceased', source: null, reason: because };
const late = '2032-07-14T09:00:00.000000Z';
const act = { at: late, by: 'keeper-1' };
const basis = retentionOf(after(...closed), '2032-07-14', RETENTION)!;
const proposed: RequestEvent = { type: 'DisposalProposed', ...act, retention: basis };
const disposed: RequestEvent = { type: 'RequestDisposed', at: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis };
const held: RequestEvent = { type: 'LegalHoldPlaced', at: later, by: 'keeper-1', reason: because };

describe('how long a request is kept', () => {
  it('is six years from the last time that anybody dealt with it, where no authorisation came of it', () => {
    expect(basis).toMatchObject({ class: 'dols_request', trigger: 'end_of_authorisation', years: 6, lastContactAt: '2026-07-13T15:00:00.000000Z', endedOn: null, dueOn: '2032-07-14' });
  });

  it('is six years from the end of its authorisation, also where that ran out and nobody recorded it', () => {
    expect(retentionOf(after(...authorised), '2033-07-13', RETENTION)).toMatchObject({ endedOn: granting.authorisedTo, dueOn: '2033-07-13' });
    expect(retentionOf(after(...authorised, ended), '2032-12-02', RETENTION)).toMatchObject({ endedOn: '2026-11-30', lastContactAt: ended.at, dueOn: '2032-12-02' });
  });

  it('counts from the last contact alone where the council says so', () => {
    const own: RetentionRule = { class: 'dols_request', version: 2, source: 'the council', effectiveFrom: '2026-01-01', trigger: 'last_contact', years: 8 };
    expect(retentionOf(after(...authorised), '2040-01-01', [own, ...RETENTION])).toMatchObject({ years: 8, dueOn: '2034-07-14' });
    expect(retentionOf(after(...authorised), '2040-01-01', [])).toBeUndefined();
  });

  it('is not said while it waits for its decision, or while its authorisation runs, for which nobody is too late', () => {
    for (const events of [[], [received], onTheWay]) expect(retentionOf(after(...events), '2060-01-01', RETENTION)).toBeUndefined();
    expect(retentionOf(after(...authorised), granting.authorisedTo, RETENTION)).toBeUndefined();
  });

  it('counts from the end of an imported one', () => {
    const old = request.decide({ ...imports, outcome: 'granted', decidedAt: '2024-05-01T09:00:00.000000Z', authorisedFrom: '2024-05-01', authorisedTo: '2025-04-30' }, request.initialState);
    expect(retentionOf(after(...old), '2040-01-01', RETENTION)).toMatchObject({ lastContactAt: '2024-05-01T09:00:00.000000Z', endedOn: '2025-04-30', dueOn: '2031-05-01' });
  });

  it('is by a rule of its own where it was entered in error', () => {
    const wrong: RequestEvent = { type: 'EnteredInErrorConfirmed', at: later, by: 'officer-2', proposedBy: 'officer-1', reason: because };
    expect(retentionOf(after(received, wrong), '2040-01-01', RETENTION)).toMatchObject({ class: 'entered_in_error', lastContactAt: later });
  });

  it('never ends before its authorisation has been over for as many years', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 140 }), fc.integer({ min: 1, max: 30 }), (days, years) => {
        const endedOn = new Date(Date.UTC(2026, 6, 13) + days * 86_400_000).toISOString().slice(0, 10);
        const rule: RetentionRule = { class: 'dols_request', version: 3, source: 'any', effectiveFrom: '2026-01-01', trigger: 'end_of_authorisation', years };
        const { dueOn, lastContactAt } = retentionOf(after(...authorised, { ...ended, endedOn }), '2070-01-01', [rule])!;
        expect(Number(dueOn.slice(0, 4)) - Number(endedOn.slice(0, 4))).toBeGreaterThanOrEqual(years);
        expect(dueOn > lastContactAt.slice(0, 10)).toBe(true);
      }),
    ));
});

describe('disposing of a request', () => {
  const propose = { type: 'ProposeDisposal', ...act, rules: RETENTION } as const;
  const confirm = { type: 'ConfirmDisposal', at: late, by: 'keeper-2', rules: RETENTION } as const;

  it('is proposed by one person once its time has come, and confirmed by a second', () => {
    given(...closed).when(propose).then(proposed);
    given(...closed).when({ ...propose, at: '2032-07-13T22:59:59.000000Z' }).thenRefused('request/not-due');
    given(...closed).when({ ...propose, by: ' ' }).thenRefused('request/person-required');
    given(...closed, proposed).when(propose).thenNothing();
    given(...closed, proposed).when({ ...propose, by: 'keeper-2' }).thenRefused('request/disposal-already-proposed');
    given(...closed, proposed).when(confirm).then(disposed);
    given(...closed, proposed).when({ ...confirm, by: 'keeper-1' }).thenRefused('request/second-person-required');
    given(...closed).when(confirm).thenRefused('request/disposal-not-proposed');
    // Whom it was about, so that who they are can go too.
    given(...closed, { type: 'PersonIdentified', at: disposed.at, personId: 'person-1', personSequence: 1, ageBand: '85-94' }, proposed).when(confirm).then({ ...disposed, personId: 'person-1' });
  });

  it('is declined with a reason, and not done while somebody needs it to be kept', () => {
    given(...closed, proposed).when({ type: 'DeclineDisposal', ...act, reason: because }).then({ type: 'DisposalDeclined', ...act, reason: because });
    given(...closed, proposed).when({ type: 'DeclineDisposal', ...act, reason: null }).thenRefused('request/reason-required');
    given(...closed, held).when(propose).thenRefused('request/on-hold');
    given(...closed, proposed, held).when(confirm).thenRefused('request/disposal-not-proposed');
    given(...closed).when({ type: 'PlaceLegalHold', ...act, reason: null }).thenRefused('request/reason-required');
    given(...closed, held, { type: 'LegalHoldLifted', ...act, reason: because }).when(propose).then(proposed);
    given(received).when({ type: 'PlaceLegalHold', ...act, reason: because }).then({ type: 'LegalHoldPlaced', ...act, reason: because });
  });

  it('is proposed anew where somebody dealt with it meanwhile', () => {
    const corrected: RequestEvent = { type: 'RequestCorrected', at: late, by: 'officer-1', reason: because, changes: { setting: 'hospital_acute' } };
    given(...closed, proposed, corrected).when(confirm).thenRefused('request/disposal-not-proposed');
    given(...closed, proposed, corrected).when(propose).thenRefused('request/not-due');
  });

  it('is never for what waits or runs, and for nothing that is not there', () => {
    given(...onTheWay).when(propose).thenRefused('request/no-retention');
    given(...authorised).when({ ...propose, at: '2027-07-12T09:00:00.000000Z' }).thenRefused('request/no-retention');
    given().when(propose).thenRefused('request/not-received');
  });

  it('leaves what was decided in codes, and nobody', () => {
    const known: RequestEvent = { type: 'PersonIdentified', at: later, personId: 'p1', personSequence: 1, ageBand: '85-94' };
    const left = after(...onTheWay, known, ...withdrawn, proposed, disposed);
    expect(left).toMatchObject({ status: 'disposed', outcome: 'withdrawn', retention: basis, person: null, allocation: null, assessments: {}, priority: { band: 'high', by: null }, details: { reference: 'DL-0000-0001', managingAuthority: null } });
    const gone = [...closed, proposed, disposed];
    given(...gone).when(confirm).thenNothing();
    given(...gone).when({ type: 'IdentifyPerson', at: late, personId: 'p2', personSequence: 2, ageBand: '85-94' }).thenNothing();
    given(...gone).when({ type: 'PlaceLegalHold', ...act, reason: because }).thenRefused('request/disposed');
    given(...gone).when({ type: 'CorrectRequest', at: late, by: 'officer-1', reason: because, changes: { urgent: true } }).thenRefused('request/disposed');
  });
});
