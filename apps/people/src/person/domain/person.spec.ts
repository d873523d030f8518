import { fold, RuleViolation, specify } from '#libs/decider';
import * as fc from 'fast-check';
import type { PersonCommand } from './commands.js';
import type { PersonEvent } from './events.js';
import { apartnessIn, lookedApart } from './join-persons.js';
import { permitted, person } from './person.js';
import type { Person } from './state.js';

const { given } = specify(person);
const at = '2026-07-01T09:00:00.000000Z';
const by = 'officer-1';
const reason = { textId: 'text-1', hmac: 'hmac-1' };
const characteristics = { gender: 'female', ethnicity: 'white_british', primarySupportReason: 'none', localArea: 'N5' } as const;
const register = { type: 'RegisterPerson', at, by: null, ...characteristics } as const;
const registered = { ...register, type: 'PersonRegistered' } as const;
const claim = { type: 'KeepClaim', at, recordId: 'concern-1', recordKind: 'concern', authority: 'E06000062', ageBand: '75-84', under18: false } as const;
const identified = { ...claim, type: 'PersonIdentified' } as const;
const knownTo = { type: 'BecameKnownTo', at, authority: 'E06000062' } as const;
const join = { type: 'JoinPersons', at, by, reason, into: 'person-2', personId: 'person-1', intoIsKnown: true, otherSays: null } as const;
const joined = { type: 'PersonJoined', at, by, reason, into: 'person-2' } as const;
const apart = { type: 'KeepApart', at, by, reason, other: 'person-2', personId: 'person-1', otherIsJoinedHere: false, otherSays: null } as const;
const separated: PersonEvent = { type: 'PersonsSeparated', at, by, reason, from: 'person-2' };
const keptApart = { type: 'KeptApart', at, by, reason, other: 'person-2' } as const;
const later = '2026-07-02T09:00:00.000000Z';
const undo = { type: 'UndoKeepApart', at: later, by, reason, other: 'person-2', otherSays: null } as const;
const undone = { type: 'KeepingApartUndone', at: later, by, reason, other: 'person-2' } as const;

describe('a person', () => {
  it('is registered once', () => {
    given().when(register).then(registered);
    given(registered).when(register).thenNothing();
  });
  it('is imported once', () => {
    const { by: _by, ...legacy } = { ...register, type: 'ImportPerson' } as const;
    const imported = { ...legacy, type: 'PersonImported', legacy: true } as const;
    given().when(legacy).then(imported);
    given(imported).when(legacy).thenNothing();
  });
  it('belongs to nobody until a record names them', () =>
    expect(fold(person, [registered])).toMatchObject({ authorities: [] }));
});

describe('a claim', () => {
  it('says who the record is about, and its authority knows them from then on', () =>
    given(registered).when(claim).then(knownTo, identified));
  it('is kept once, also when it comes again after the person was joined', () => {
    given(registered, knownTo, identified).when(claim).thenNothing();
    given(registered, knownTo, identified, joined).when(claim).thenNothing();
  });
  it('makes a person known to each authority once', () =>
    given(registered, knownTo, identified)
      .when({ ...claim, recordId: 'concern-2' })
      .then({ ...identified, recordId: 'concern-2' }));
  it('needs the person', () => given().when(claim).thenRefused('person/not-registered'));
  it('goes to the person who stands for both', () =>
    given(registered, joined).when(claim).thenRefused('person/joined-into-another'));
  it('is not needed for an authority to know somebody', () =>
    given(registered).when({ ...knownTo, type: 'BecomeKnownTo' }).then(knownTo));
});

describe('correcting', () => {
  const correct = { type: 'CorrectCharacteristics', at, by, reason } as const;
  it('puts right what differs, with a reason', () => {
    given(registered)
      .when({ ...correct, changes: { gender: 'male', localArea: 'N5' } })
      .then({ ...correct, type: 'CharacteristicsCorrected', changes: { gender: 'male' } });
    given(registered).when({ ...correct, changes: { gender: 'male' }, reason: null }).thenRefused('person/reason-required');
  });
  it('tells which part of an identity changed, and the records whose age band did', () => {
    const identity = { type: 'CorrectIdentity', at, by, reason, fields: ['birth_date'], ageBands: [{ recordId: 'concern-1', ageBand: '85-94', under18: false }] } as const;
    given(registered, knownTo, identified)
      .when({ ...identity, fields: [...identity.fields], ageBands: [...identity.ageBands] })
      .then({ type: 'IdentityCorrected', at, by, reason, fields: ['birth_date'] }, { ...identified, ageBand: '85-94' });
  });
});

describe('joining', () => {
  it('is a named person’s act, with a reason', () => {
    given(registered).when(join).then(joined);
    given(registered).when({ ...join, by: null }).thenRefused('person/name-required');
    given(registered).when({ ...join, reason: null }).thenRefused('person/reason-required');
  });
  it('is done once', () => given(registered, joined).when(join).thenNothing());
  it('never goes in a circle', () => {
    given(registered).when({ ...join, into: 'person-1' }).thenRefused('person/joined-with-itself');
    given(registered).when({ ...join, intoIsKnown: false }).thenRefused('person/other-not-known');
    given(registered, joined).when({ ...join, into: 'person-3' }).thenRefused('person/joined-into-another');
  });
  it('is refused where somebody kept them apart', () =>
    given(registered, keptApart).when(join).thenRefused('person/kept-apart'));
  it('is undone by separating, and all is as it was but for what was found', () => {
    given(registered, joined).when({ type: 'SeparatePersons', at, by, reason, from: 'person-2' }).then(separated);
    given(registered, joined).when({ type: 'SeparatePersons', at, by, reason, from: 'person-3' }).thenRefused('person/joined-into-another');
    expect(fold(person, [registered, joined, separated])).toEqual({ ...fold(person, [registered]), separatedFrom: ['person-2'] });
  });
  it('that was undone is suggested no more, like one that was never made, and may be found again by a person', () => {
    expect(lookedApart(fold(person, [registered, joined, separated]))).toEqual(['person-2']);
    expect(lookedApart(fold(person, [registered, keptApart]))).toEqual(['person-2']);
    given(registered, joined, separated).when(join).then(joined);
    expect(lookedApart(fold(person, [registered, joined, separated, joined]))).toEqual([]);
    expect(lookedApart(person.initialState)).toEqual([]);
  });
  it('comes undone before they are kept apart', () => {
    given(registered).when(apart).then(keptApart);
    given(registered, keptApart).when(apart).thenNothing();
    given(registered, joined).when(apart).thenRefused('person/separate-first');
    given(registered).when({ ...apart, otherIsJoinedHere: true }).thenRefused('person/separate-first');
  });
});

describe('keeping apart', () => {
  it('is undone by a named person, with a reason, and then they can be joined, or kept apart again', () => {
    given(registered, keptApart).when(undo).then(undone);
    given(registered, keptApart).when({ ...undo, reason: null }).thenRefused('person/reason-required');
    given(registered, keptApart).when({ ...undo, by: null }).thenRefused('person/name-required');
    given(registered, keptApart, undone).when(undo).thenNothing();
    given(registered).when(undo).thenNothing();
    given(registered, keptApart, undone).when(join).then(joined);
    given(registered, keptApart, undone).when(apart).then(keptApart);
    expect(lookedApart(fold(person, [registered, keptApart, undone]))).toEqual([]);
  });
  it('holds and is undone whichever of the two it was found of: what was found last counts', () => {
    const otherSays = apartnessIn(fold(person, [registered, keptApart]), 'person-2');
    given(registered).when({ ...join, otherSays }).thenRefused('person/kept-apart');
    given(registered).when({ ...apart, otherSays }).thenNothing();
    given(registered).when({ ...undo, otherSays }).then(undone);
    given(registered, undone).when({ ...join, otherSays }).then(joined);
    given(registered, keptApart).when({ ...join, otherSays: { isApart: false, at: later } }).then(joined);
    expect(apartnessIn(fold(person, [registered]), 'person-2')).toBeNull();
    const elsewhere: PersonEvent = { ...joined, into: 'person-3' };
    given(registered, keptApart, elsewhere).when(undo).then(undone);
  });
});

describe('leaving', () => {
  const propose = { type: 'ProposeEnteredInError', at, by, reason } as const;
  const proposed = { ...propose, type: 'EnteredInErrorProposed' } as const;
  const confirm = { type: 'ConfirmEnteredInError', at, by: 'officer-2' } as const;
  it('is an entry in error, which takes two', () => {
    given(registered).when(propose).then(proposed);
    given(registered, proposed).when(confirm).then({ ...confirm, type: 'EnteredInErrorConfirmed', proposedBy: by, reason });
    given(registered, proposed).when({ ...confirm, by }).thenRefused('person/second-person-required');
    given(registered).when(confirm).thenRefused('person/nothing-proposed');
  });
});

const aCommand: fc.Arbitrary<PersonCommand> = fc.oneof(
  fc.constantFrom<PersonCommand>(
    register,
    join,
    apart,
    undo,
    { type: 'SeparatePersons', at, by, reason, from: 'person-2' },
    { type: 'DisposeTogether', at, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: { class: 'person', version: 1, source: 'A test', trigger: 'last_record', years: 0, lastContactAt: at, dueOn: '2026-07-01' } },
    { type: 'PlaceLegalHold', at, by, reason, authority: 'E06000062' },
    { type: 'LiftLegalHold', at, by, reason, authority: 'E06000062' },
    { type: 'ProposeEnteredInError', at, by, reason },
    { type: 'ConfirmEnteredInError', at, by: 'officer-2' },
  ),
  fc
    .record({ recordId: fc.constantFrom('concern-1', 'concern-2'), authority: fc.constantFrom('E06000061', 'E06000062') })
    .map((change): PersonCommand => ({ ...claim, ...change })),
);

function attempt(command: PersonCommand, state: Person): PersonEvent[] {
  try {
    return person.decide(command, state);
  } catch (error) {
    if (error instanceof RuleViolation && /^person\/[a-z-]+$/.test(error.code)) return [];
    throw error;
  }
}

describe('whatever is asked, in whatever order', () => {
  it('an authority knows a person only by a claim, a record is claimed once, and only what is offered changes anything', () =>
    fc.assert(
      fc.property(fc.array(aCommand, { maxLength: 30 }), (commands) => {
        let state: Person = person.initialState;
        for (const command of [register, ...commands]) {
          const events = attempt(command, state);
          expect(events.length === 0 || permitted(state, 'E06000062').includes(command.type)).toBe(true);
          state = fold(person, events, state);
          const { claims, authorities } = 'claims' in state ? state : { claims: [], authorities: [] };
          expect(new Set(claims.map(({ authority }) => authority))).toEqual(new Set(authorities));
          expect(new Set(claims.map(({ recordId }) => recordId)).size).toBe(claims.length);
          expect(new Set(authorities).size).toBe(authorities.length);
        }
      }),
    ));
});
