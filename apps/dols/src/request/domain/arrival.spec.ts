import { fold, specify } from '#libs/decider';
import { assessmentsDueOn } from './clocks.js';
import { authorised, because, imports, onTheWay, receive, received, receivedAt } from './request.builders.js';
import { request } from './request.js';

const { given } = specify(request);
const { type: _type, ...held } = imports;
const imported = { type: 'RequestImported', legacy: true, at: imports.receivedAt, legalTest: null, ...held } as const;

describe('receiving a request', () => {
  it('takes it', () => given().when(receive).then(received));
  it('takes it once', () => given(received).when(receive).thenNothing());
  it('takes it however incomplete', () =>
    given()
      .when({ ...receive, setting: null, managingAuthority: null, urgent: null })
      .then({ ...received, setting: null, managingAuthority: null, urgent: null }));
  it('asks which is right when an urgent authorisation has a last day and was not given', () =>
    given()
      .when({ ...receive, urgentExpiresOn: '2026-07-07' })
      .thenRefused('request/urgent-date-without-urgent'));
});

describe('clocks', () => {
  const asked = { receivedAt, urgent: false, urgentExpiresOn: null };
  it('allow 21 days from receipt', () => expect(assessmentsDueOn(asked)).toBe('2026-07-22'));
  it('allow seven days, the first counted, where there is an urgent authorisation', () =>
    expect(assessmentsDueOn({ ...asked, urgent: true })).toBe('2026-07-07'));
  it('go by the last day of the urgent authorisation where it is told', () =>
    expect(assessmentsDueOn({ ...asked, urgent: true, urgentExpiresOn: '2026-07-04' })).toBe('2026-07-04'));
  it('begin on the London day of receipt', () =>
    expect(assessmentsDueOn({ ...asked, receivedAt: '2026-07-01T23:30:00.000000Z' })).toBe('2026-07-23'));
});

describe('importing a request', () => {
  it('takes it as decided elsewhere', () => given().when(imports).then(imported));
  it('takes it once', () => given(imported).when(imports).thenNothing());
  it('lets what waits go on here', () =>
    given(imported, { type: 'PersonIdentified', at: receivedAt, personId: 'person-2', personSequence: 1, ageBand: '95+' })
      .when({ type: 'PrioritiseRequest', at: receivedAt, by: 'officer-1', band: 'low', reason: because })
      .then({ type: 'RequestPrioritised', at: receivedAt, by: 'officer-1', band: 'low', reason: because }));
  it('takes an authorisation up to its anniversary, and the test of the day it was decided', () => {
    const [authorisedFrom, authorisedTo, decidedAt] = ['2025-07-13', '2026-07-13', '2025-07-12T09:00:00.000000Z'];
    const [event] = request.decide(
      { ...imports, outcome: 'granted', authorisedFrom, authorisedTo, decidedAt },
      { status: 'absent' },
    );
    expect(event).toMatchObject({ legalTest: 'cheshire_west', authorisedTo });
    expect(fold(request, event === undefined ? [] : [event])).toMatchObject({
      status: 'authorised',
      legacy: true,
      authorisation: { to: authorisedTo, legalTest: 'cheshire_west' },
    });
  });
  it.each([
    [{}, 'received'],
    [{ priority: 'low' as const }, 'prioritised'],
    [{ allocatedAt: receivedAt }, 'allocated'],
    [{ outcome: 'died' as const, decidedAt: receivedAt }, 'decided'],
  ])('knows how far it was: %j is %s', (change, status) =>
    expect(fold(request, [{ ...imported, ...change }])).toMatchObject({ status }));
});

describe('identifying the person', () => {
  const known = { personId: 'person-1', personSequence: 3, ageBand: '85-94', at: receivedAt } as const;
  const event = { type: 'PersonIdentified', ...known } as const;
  it('notes who it is', () => given(received).when({ type: 'IdentifyPerson', ...known }).then(event));
  it('notes it once', () => given(received, event).when({ type: 'IdentifyPerson', ...known }).thenNothing());
  it('keeps to a later word on the same person', () =>
    given(received, event).when({ type: 'IdentifyPerson', ...known, personSequence: 2, ageBand: '75-84' }).thenNothing());
  it('takes another person, whose words are counted anew', () => {
    const other = { ...known, personId: 'person-2', personSequence: 1 };
    given(received, event).when({ type: 'IdentifyPerson', ...other }).then({ ...event, ...other });
  });
  it('needs the request', () => given().when({ type: 'IdentifyPerson', ...known }).thenRefused('request/not-received'));
});

describe('correcting', () => {
  const correct = { type: 'CorrectRequest', at: receivedAt, by: 'officer-2', reason: because } as const;
  it('puts right what differs, with a reason', () =>
    given(received)
      .when({ ...correct, changes: { kind: 'renewal', urgent: false } })
      .then({ ...correct, type: 'RequestCorrected', changes: { kind: 'renewal' } }));
  it('lets no request come in later than it is put right', () =>
    given(received)
      .when({ ...correct, changes: { receivedAt: '2026-07-01T09:00:00.000001Z' } })
      .thenRefused('request/received-in-the-future'));
  it('does nothing when all is the same', () =>
    given(received).when({ ...correct, changes: { kind: 'new' }, reason: null }).thenNothing());
  it('needs a reason', () =>
    given(received)
      .when({ ...correct, changes: { kind: 'renewal' }, reason: null })
      .thenRefused('request/reason-required'));
  it('keeps an authorisation inside the law', () =>
    given(...authorised)
      .when({ ...correct, changes: { authorisedTo: '2027-07-13' } })
      .thenRefused('request/authorisation-too-long'));
  it('keeps to the law what was granted here on an imported request', () => {
    const [, ...onwards] = authorised;
    given(imported, ...onwards)
      .when({ ...correct, changes: { authorisedTo: '2027-07-13' } })
      .thenRefused('request/authorisation-too-long');
  });
  it('allows what was granted elsewhere its anniversary, as the old format did', () => {
    const [authorisedFrom, authorisedTo, decidedAt] = ['2025-07-13', '2026-07-12', '2025-07-12T09:00:00.000000Z'];
    given({ ...imported, outcome: 'granted', authorisedFrom, authorisedTo, decidedAt, legalTest: 'cheshire_west' })
      .when({ ...correct, changes: { authorisedTo: '2026-07-13' } })
      .then({ ...correct, type: 'RequestCorrected', changes: { authorisedTo: '2026-07-13' } });
  });
  it('has no authorisation to put right while there is none', () =>
    given(...onTheWay)
      .when({ ...correct, changes: { authorisedTo: '2027-07-01' } })
      .thenRefused('request/not-authorised'));
});

describe('entering in error', () => {
  const propose = { type: 'ProposeEnteredInError', at: receivedAt, by: 'officer-1', reason: because } as const;
  const proposed = { ...propose, type: 'EnteredInErrorProposed' } as const;
  const confirm = { type: 'ConfirmEnteredInError', at: receivedAt, by: 'officer-2' } as const;
  const confirmed = { ...confirm, type: 'EnteredInErrorConfirmed', proposedBy: 'officer-1', reason: because } as const;
  it('is proposed by one', () => given(received).when(propose).then(proposed));
  it('is confirmed by another', () => given(received, proposed).when(confirm).then(confirmed));
  it('is not confirmed by the same', () =>
    given(received, proposed).when({ ...confirm, by: 'officer-1' }).thenRefused('request/second-person-required'));
  it('is not confirmed unproposed', () => given(received).when(confirm).thenRefused('request/nothing-proposed'));
  it('can be turned down', () =>
    given(received, proposed, { type: 'EnteredInErrorDeclined', at: receivedAt, by: 'officer-2' })
      .when(confirm)
      .thenRefused('request/nothing-proposed'));
  it('ends all else', () =>
    given(received, proposed, confirmed)
      .when({ type: 'PrioritiseRequest', at: receivedAt, by: 'officer-1', band: 'low', reason: because })
      .thenRefused('request/entered-in-error'));
});
