import type { DomainEvent, Stored } from '#libs/journal';
import { because, flagOf } from './flags.js';
import { fieldInWords, leavesOf } from './leaves.js';
import { entriesOf, type Telling, textsOf, type Told } from './story.js';

const at = '2026-06-01T09:00:00.000000Z';
const text = (textId: string) => ({ textId, hmac: 'x' });
const told = (event: object, actor: string | null = 'staff-triage-1'): Told => ({
  recordId: 'one', reference: 'SC-0123-ABCD', story: [{ actor, event: { at, ...event } as DomainEvent } as Stored],
});
const telling: Telling = {
  service: 'triage', record: 'concern',
  flags: { referrerType: because.raiser, 'ConcernReceived.by': because.raiser, account: because.account, 'account.referrer': because.raiser, 'account.died': null },
  opened: (_event, [field], words) => (field === 'account' ? JSON.parse(words) : undefined),
};
const read = (event: object, words: Record<string, string> = {}, actor?: string | null) =>
  entriesOf(telling, [told(event, actor)], new Map(Object.entries(words))).map(({ what, words: said, thirdParty }) => [what, said, thirdParty]);

describe('what a record tells about somebody', () => {
  it('is every value of every event, each with when it happened and which record says so', () => {
    const [entry] = entriesOf(telling, [told({ type: 'ConcernTriaged', outcome: 'no_further_action', decidedBy: null })], new Map());
    expect(entry).toEqual({
      service: 'triage', record: 'concern', recordId: 'one', reference: 'SC-0123-ABCD', when: at,
      what: 'Concern triaged: outcome', words: 'no further action', thirdParty: null,
    });
  });

  it('says who did something, flagged, once', () => {
    expect(read({ type: 'ConcernTriaged', decidedBy: 'staff-triage-2' })).toEqual([['Concern triaged: decided by', 'staff-triage-2', because.staff]]);
    expect(read({ type: 'ConcernReceived', referrerType: 'family_or_friend' }, {}, 'partner-9')).toEqual([
      ['Concern received: referrer type', 'family or friend', because.raiser],
      ['Concern received: by', 'partner-9', because.raiser],
    ]);
  });

  it('flags words of which nothing is known, and not codes, numbers and days', () => {
    const event = { type: 'ProtectionPlanSet', plan: text('a'), reviewOn: '2026-07-01', isShared: true, kinds: ['own_home', 'other'] };
    expect(read(event, { a: 'A plan. (Invented.)' }, null)).toEqual([
      ['Protection plan set: plan', 'A plan. (Invented.)', because.written],
      ['Protection plan set: review on', '2026-07-01', null],
      ['Protection plan set: is shared', 'yes', null],
      ['Protection plan set: kinds', 'own home, other', null],
    ]);
  });

  it('opens a form field by field, each with the flag of its place', () => {
    const form = JSON.stringify({ worry: 'A worry.', referrer: { name: 'Invented Neighbour' }, died: 'no', others: null });
    expect(read({ type: 'ConcernReceived', account: text('a') }, { a: form }, null)).toEqual([
      ['Concern received: account, worry', 'A worry.', because.account],
      ['Concern received: account, referrer, name', 'Invented Neighbour', because.raiser],
      ['Concern received: account, died', 'no', null],
    ]);
  });

  it('says of words that were disposed of that they are gone', () => {
    expect(read({ type: 'ConcernReceived', account: text('a') }, {}, null)).toEqual([['Concern received: account', 'These words were disposed of.', null]]);
  });

  it('says of an event that tells nothing more that it happened', () => {
    expect(read({ type: 'WhetherToGoOnAsked' }, {}, null)).toEqual([['Whether to go on asked', 'It happened; nothing more is kept of it.', null]]);
  });

  it('knows which words it needs, however deep they lie', () => {
    expect(textsOf([told({ type: 'ConcernTriaged', limbs: { needs: { reason: text('a') } }, conditions: [text('b'), text('c')] })])).toEqual(['a', 'b', 'c']);
  });
});

describe('a flag', () => {
  const field = (path: string[], isWords = false) => flagOf({ risks: because.source, 'account.died': null }, { event: 'EnquiryConcluded', path, isWords });

  it('is that of the nearest place that is known', () => {
    expect([field(['risks', 'sourceOfRisk']), field(['account', 'died'], true), field(['account', 'worry'], true)]).toEqual([because.source, null, because.written]);
  });

  it('is on whoever did or has something', () => {
    expect([field(['by']), field(['names']), field(['worker']), field(['kind'])]).toEqual([because.staff, because.staff, because.staff, null]);
  });
});

it('what only programs need is left out, and nothing else', () => {
  const id = '0f3c9a52-6a0e-4d0f-9c5b-9d1b7f0e4c11';
  expect(leavesOf({ personId: id, personSequence: 3, by: id, none: null, blank: '', no: false, zero: 0 })).toEqual([
    { path: ['by'], said: id, textId: null }, { path: ['no'], said: 'no', textId: null }, { path: ['zero'], said: '0', textId: null },
  ]);
  expect(fieldInWords('PersonIdentified', ['under18'])).toBe('Person identified: under18');
});
