import { fold, specify } from '#libs/decider';
import { NOTHING_KEEPS_IT } from '#libs/retention';
import type { PersonCommand } from './commands.js';
import type { PersonEvent } from './events.js';
import { permitted, person } from './person.js';
import { concernsOf, isHeldByAnother, keepingOf, type Schedule, retentionOf, sidesOf } from './retention.js';
import { RETENTION, type RetentionBasis, type RetentionRule } from './retention-rules.js';

const { given } = specify(person);
const at = '2026-07-01T09:00:00.000000Z';
const late = '2026-07-02T09:00:00.000000Z';
const [authority, another] = ['E06000062', 'E06000061'];
const reason = { textId: 'text-1', hmac: 'hmac-1' };
const registered: PersonEvent = { type: 'PersonRegistered', at, by: null, gender: 'female', ethnicity: 'white_british', primarySupportReason: 'none', localArea: null };
const knownTo: PersonEvent = { type: 'BecameKnownTo', at, authority: 'E06000062' };
const record = { recordId: 'concern-1', recordKind: 'concern', authority: 'E06000062' } as const;
const identified: PersonEvent = { type: 'PersonIdentified', at, ...record, ageBand: '75-84', under18: false };
const letGo: PersonEvent = { type: 'RecordLetGo', at: late, ...record };
const unneeded = [registered, knownTo, identified, letGo] as const;
const joined: PersonEvent = { type: 'PersonJoined', at, by: 'manager-1', reason, into: 'person-2' };

const nobodyElse: Schedule = { rules: RETENTION, needed: 'no', isOtherHeld: false, lastJoinedAt: null, lastLetGoAt: late };
const basis: RetentionBasis = { class: 'person', version: 1, source: RETENTION[0]!.source, trigger: 'last_record', years: 0, lastContactAt: late, dueOn: '2026-07-02' };
const propose = { type: 'ProposeDisposal', at: late, by: 'keeper-1', authority, ...nobodyElse } as const;
const confirm = { type: 'ConfirmDisposal', at: late, by: 'keeper-2', authority, ...nobodyElse } as const;
const proposed: PersonEvent = { type: 'DisposalProposed', at: late, by: 'keeper-1', authority, retention: basis };
const disposed: PersonEvent = { type: 'PersonDisposed', at: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis };
const hold = { type: 'PlaceLegalHold', at, by: 'keeper-1', reason, authority } as const;
const held: PersonEvent = { type: 'LegalHoldPlaced', at, by: 'keeper-1', reason, authority };

describe('a record that named a person and was disposed of', () => {
  const command: PersonCommand = { type: 'LetGoOfRecord', at: late, ...record };
  it('is let go of once, with its claim, also one of which an import told and no claim is kept', () => {
    given(registered, knownTo, identified).when(command).then(letGo);
    given(registered, knownTo).when(command).then(letGo);
    given(...unneeded).when(command).thenNothing();
    expect(fold(person, unneeded)).toMatchObject({ claims: [], letGo: [record], letGoAt: late, authorities: ['E06000062'] });
  });
  it('makes whom it named known to its council, where another stood for them until then', () =>
    expect(fold(person, [registered, joined, letGo])).toMatchObject({ authorities: ['E06000062'] }));
  it('is let go of by whoever was joined into another, and says nothing to somebody who was disposed of', () => {
    given(registered, knownTo, identified, joined).when(command).then(letGo);
    given(...unneeded, proposed, disposed).when({ ...command, recordId: 'concern-2' }).thenNothing();
    given().when(command).thenRefused('person/not-registered');
  });
  it('is claimed no more where it is told of again', () => given(...unneeded).when({ type: 'KeepClaim', at: late, ...record, ageBand: '75-84', under18: false }).thenNothing());
});

describe('a person of whom nobody told that a record was disposed of', () => {
  const command: PersonCommand = { type: 'NoteUnneeded', at: late };
  const found: PersonEvent = { type: 'FoundUnneeded', at: late };
  it('counts from when it was found that none names them, once, and where somebody told, that counts', () => {
    given(registered, knownTo).when(command).then(found);
    given(registered, knownTo, found).when(command).thenNothing();
    given(...unneeded).when(command).thenNothing();
    given(registered, knownTo, identified).when(command).thenNothing();
    given(registered, knownTo, joined).when(command).thenNothing();
    given().when(command).thenNothing();
    expect(fold(person, [registered, knownTo, found])).toMatchObject({ letGo: [], letGoAt: late });
    given(registered, knownTo, found).when(propose).then(proposed);
  });
});

describe('a person whom no record needs any more', () => {
  it('goes by two people, and what is left says whose records named them', () => {
    given(...unneeded).when(propose).then(proposed);
    given(...unneeded, proposed).when({ ...confirm, by: 'keeper-1' }).thenRefused('person/second-person-required');
    given(...unneeded, proposed).when(confirm).then(disposed);
    given(...unneeded, proposed, disposed).when(confirm).thenNothing();
    expect(fold(person, [...unneeded, proposed, disposed])).toEqual({ status: 'disposed', authorities: ['E06000062'], disposedAt: late, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis });
  });
  it('is kept while any record names them, here or elsewhere, and where nobody can say', () => {
    given(...unneeded, proposed).when({ ...confirm, needed: 'yes' }).thenRefused('person/no-retention');
    given(...unneeded, proposed).when({ ...confirm, needed: 'not_known' }).thenRefused('person/need-not-known');
    given(registered, knownTo).when({ ...propose, lastLetGoAt: null }).thenRefused('person/no-retention');
  });
  it('is kept by a legal hold on them, or on somebody who was joined into them', () => {
    given(...unneeded).when(hold).then(held);
    given(...unneeded, held).when(propose).thenRefused('person/on-hold');
    given(...unneeded).when({ ...propose, isOtherHeld: true }).thenRefused('person/held-with');
    given(...unneeded, held).when({ ...hold, type: 'LiftLegalHold' }).then({ ...held, type: 'LegalHoldLifted' });
  });
  it('is held by each council for itself: another neither reads, swallows nor lifts it, and is kept by it', () => {
    const theirs = { ...hold, by: 'keeper-3', authority: another } as const;
    const theirHold: PersonEvent = { ...theirs, type: 'LegalHoldPlaced' };
    given(...unneeded, held).when(theirs).then(theirHold);
    given(...unneeded, theirHold).when({ ...hold, type: 'LiftLegalHold' }).thenNothing();
    const lifted: PersonEvent = { ...theirHold, type: 'LegalHoldLifted' };
    given(...unneeded, held, theirHold, lifted).when(propose).thenRefused('person/on-hold');
    given(...unneeded, theirHold).when(propose).thenRefused('person/held-with');
    given(...unneeded, proposed, theirHold, lifted).when(confirm).thenRefused('person/disposal-not-proposed');
    const state = fold(person, [...unneeded, theirHold]);
    expect([keepingOf(state, authority), keepingOf(state, another).legalHold?.by, isHeldByAnother(state, authority), isHeldByAnother(state, another)]).toEqual([NOTHING_KEEPS_IT, 'keeper-3', true, false]);
    expect([permitted(state, authority).includes('LiftLegalHold'), permitted(state, another).includes('LiftLegalHold')]).toEqual([false, true]);
  });
  it('goes by two people of one council', () => given(...unneeded, proposed).when({ ...confirm, authority: another }).thenRefused('person/disposal-not-proposed'));
  it('stays where a record names them before the second person agrees', () => {
    const again: PersonEvent = { ...identified, recordId: 'concern-2' };
    given(...unneeded, proposed, again).when(confirm).thenRefused('person/disposal-not-proposed');
    given(...unneeded, proposed).when({ type: 'DeclineDisposal', at: late, by: 'keeper-2', reason, authority }).then({ type: 'DisposalDeclined', at: late, by: 'keeper-2', reason, authority });
  });
  it('is due at once, or after the years that a council names', () => {
    const state = fold(person, unneeded);
    expect(retentionOf(state, '2026-07-02', nobodyElse)).toEqual(basis);
    const rules: RetentionRule[] = [{ ...RETENTION[0]!, years: 2, source: 'A council' }];
    expect(retentionOf(state, '2026-07-02', { ...nobodyElse, rules })).toMatchObject({ years: 2, dueOn: '2028-07-03' });
    given(...unneeded).when({ ...propose, rules }).thenRefused('person/not-due');
  });
});

describe('people who were joined', () => {
  it('go with the person who stands for them, and are sent there to be disposed of', () => {
    given(...unneeded, joined).when(propose).thenRefused('person/joined-into-another');
    const { type: _type, ...act } = disposed;
    given(...unneeded, joined).when({ ...act, type: 'DisposeTogether' }).then(disposed);
    given(...unneeded).when({ ...act, type: 'DisposeTogether' }).thenRefused('person/goes-by-itself');
  });
  it('are two no more once they were disposed of, and nobody joins or separates them', () => {
    const gone = [...unneeded, joined, disposed] as const;
    given(...gone).when({ type: 'SeparatePersons', at: late, by: 'manager-1', reason, from: 'person-2' }).thenRefused('person/disposed');
    given(...gone).when({ type: 'JoinPersons', at: late, by: 'manager-1', reason, into: 'person-3', personId: 'person-1', intoIsKnown: true, otherSays: null }).thenRefused('person/disposed');
    expect(permitted(fold(person, gone), authority)).toEqual([]);
  });
  it('are looked at again where one was joined after a colleague said that they may go', () => {
    given(...unneeded, { ...proposed, at }).when({ ...confirm, lastJoinedAt: late }).thenRefused('person/joined-since');
    given(...unneeded, proposed).when({ ...confirm, lastJoinedAt: at }).then(disposed);
  });
  it('are needed, held and let go of as one', () => {
    const [one, other] = [fold(person, [registered]), fold(person, [...unneeded, held, joined])];
    expect(sidesOf([one, other], false)).toEqual({ needed: 'no', isOtherHeld: true, lastJoinedAt: at, lastLetGoAt: late });
    expect(sidesOf([one, fold(person, [registered, knownTo, identified, joined])], undefined)).toMatchObject({ needed: 'yes', lastLetGoAt: null });
    expect([sidesOf([one, other], true).needed, sidesOf([one, other], undefined).needed]).toEqual(['yes', 'not_known']);
    expect(concernsOf([one, other])).toEqual(['concern-1']);
  });
});
