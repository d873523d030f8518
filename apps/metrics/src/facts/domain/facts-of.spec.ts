import * as fc from 'fast-check';
import { factsOf } from './facts-of.js';
import type { AnyTold, ConcernTold, DolsTold, EnquiryTold, PersonTold } from './told.js';

const at = (day: number, hour = 9) => `2025-0${1 + Math.floor(day / 28)}-${String(1 + (day % 28)).padStart(2, '0')}T${String(hour).padStart(2, '0')}:00:00.000000Z`;
const about = { recordId: 'c1', recordedAt: at(20), authority: 'E06000062', hasActor: true };
const codes = { channel: 'online', referrerType: 'police', abuseTypes: ['physical'], locationType: null, sourceOfRisk: null };

const received: ConcernTold = { ...about, sequence: 1, type: 'safeguarding.concern.received.v1', data: { receivedAt: at(1), ...codes } };
const triaged = (sequence: number, day: number, outcome = 's42_enquiry'): ConcernTold => ({
  ...about, sequence, type: 'safeguarding.concern.triaged.v1', data: { decidedAt: at(day), outcome },
});
const reopened = (sequence: number, day: number): ConcernTold => ({ ...about, sequence, type: 'safeguarding.concern.reopened.v1', data: { reopenedAt: at(day) } });
const later = <Event extends AnyTold>(event: Event, day: number): Event => ({ ...event, recordedAt: at(day) });

describe('the facts of a concern', () => {
  it('are its wait for a decision and what came of it', () => {
    expect(factsOf([received, triaged(2, 3)]).concern_fact).toEqual([
      expect.objectContaining({
        id: 'c1', nth: 1, waiting_from: at(1), decided_at: at(3), outcome: 's42_enquiry', elapsed_micros: 172_800_000_000, replaced_at: null,
        known_from: at(20), known_until: null,
      }),
    ]);
  });
  it('do not count it before it is known that it was received', () => {
    expect(factsOf([triaged(2, 3)]).concern_fact).toEqual([]);
  });
  it('have it waiting again when it is reopened, its decision holding until the next', () => {
    expect(factsOf([received, triaged(2, 3), reopened(3, 5), triaged(4, 8, 'no_further_action')]).concern_fact).toEqual([
      expect.objectContaining({ nth: 1, decided_at: at(3), replaced_at: at(8) }),
      expect.objectContaining({ nth: 2, waiting_from: at(5), decided_at: at(8), outcome: 'no_further_action', replaced_at: null }),
    ]);
  });
  it('keep what was held true before it was corrected', () => {
    const corrected: ConcernTold = { ...about, recordedAt: at(25), sequence: 2, type: 'safeguarding.concern.corrected.v1', data: { referrerType: null } };
    expect(factsOf([received, corrected]).concern_fact).toEqual([
      expect.objectContaining({ referrer_type: 'police', channel: 'online', known_from: at(20), known_until: at(25) }),
      expect.objectContaining({ referrer_type: null, channel: 'online', known_from: at(25), known_until: null }),
    ]);
  });
  it('end when it is known to have been entered in error', () => {
    const inError: ConcernTold = { ...about, recordedAt: at(25), sequence: 2, type: 'safeguarding.concern.entered-in-error.v1', data: {} };
    expect(factsOf([received, inError]).concern_fact).toEqual([expect.objectContaining({ known_from: at(20), known_until: at(25) })]);
  });
});

describe('what a concern’s decision says', () => {
  const wishes = (sequence: number, outcomesAsked: string, couldNotAsk?: true): ConcernTold => ({ ...about, sequence, type: 'safeguarding.concern.wishes-recorded.v1', data: { outcomesAsked, couldNotAsk } });
  const deciding = (sequence: number, day: number, data: { notSafeguardingReason?: string; sarReferral?: boolean } = {}): ConcernTold => ({ ...about, sequence, type: 'safeguarding.concern.triaged.v1', data: { decidedAt: at(day), outcome: 'quality_team', ...data } });
  const decisions = (...events: ConcernTold[]) => factsOf([received, ...events]).telling_fact;

  it('is what was recorded by then of what the person wants, and nothing of what was recorded later', () => {
    expect(decisions(wishes(2, 'not_asked'), wishes(3, 'asked_and_expressed'), deciding(4, 3), wishes(5, 'asked_not_expressed'))).toEqual([expect.objectContaining({ wishes: 'asked_and_expressed' })]);
    expect(decisions(deciding(2, 3), wishes(3, 'asked_not_expressed'), reopened(4, 4), deciding(5, 5))).toEqual([
      expect.objectContaining({ wishes: null, replaced_at: at(5) }), expect.objectContaining({ wishes: 'asked_not_expressed', replaced_at: null }),
    ]);
  });
  it('tells that nobody could ask from nobody having asked, which is all that an older event says', () =>
    expect([wishes(2, 'not_asked', true), wishes(2, 'not_asked')].map((asked) => decisions(asked, deciding(3, 3))[0]?.wishes)).toEqual(['could_not_ask', 'not_asked']));
  it('is whether it goes to the board, and nothing where an older event does not say', () =>
    expect([{ sarReferral: true }, { sarReferral: false }, {}].map((data) => decisions(deciding(2, 3, data))[0]?.sar_referral)).toEqual([true, false, null]));
  it('is why it was no safeguarding matter, also where an old system said it', () => {
    const imported: ConcernTold = { ...about, sequence: 1, type: 'safeguarding.concern.imported.v1', data: { receivedAt: at(1), ...codes, decision: { decidedAt: at(2), outcome: 'no_further_action', notSafeguardingReason: 'already_known' } } };
    expect(factsOf([imported, reopened(2, 3), deciding(3, 4, { notSafeguardingReason: 'quality_of_care' })]).concern_fact.map((fact) => fact.not_safeguarding_reason)).toEqual(['already_known', 'quality_of_care']);
  });
});

describe('the facts of telling whoever raised a concern', () => {
  const feedback = (sequence: number, day: number, told: boolean): ConcernTold => ({ ...about, sequence, type: 'safeguarding.concern.feedback-recorded.v1', data: { told, at: at(day) } });
  const tellings = (...events: ConcernTold[]) => factsOf([received, ...events]).telling_fact;

  it('are owed from the decision on, and answered by what is recorded first', () => {
    expect(tellings(triaged(2, 3), later(feedback(3, 5, true), 22))).toEqual([
      { id: 'c1', nth: 1, authority: 'E06000062', decided_at: at(3), has_decider: true, replaced_at: null, wishes: null, sar_referral: null, told_at: null, not_told_at: null, known_from: at(20), known_until: at(22) },
      { id: 'c1', nth: 1, authority: 'E06000062', decided_at: at(3), has_decider: true, replaced_at: null, wishes: null, sar_referral: null, told_at: at(5), not_told_at: null, known_from: at(22), known_until: null },
    ]);
  });
  it('hold them told who were told after somebody had recorded why not', () => {
    expect(tellings(triaged(2, 3), feedback(3, 4, false), feedback(4, 6, true))).toEqual([expect.objectContaining({ told_at: at(6), not_told_at: null })]);
    expect(tellings(triaged(2, 3), feedback(3, 4, false))).toEqual([expect.objectContaining({ told_at: null, not_told_at: at(4) })]);
  });
  it('are of each decision by itself', () => {
    expect(tellings(triaged(2, 3), feedback(3, 4, true), reopened(4, 5), triaged(5, 8))).toEqual([
      expect.objectContaining({ nth: 1, told_at: at(4) }),
      expect.objectContaining({ nth: 2, told_at: null, not_told_at: null }),
    ]);
  });
  it('say of each whether a person is named who made it', () => {
    const unnamed = { ...triaged(4, 8), hasActor: false };
    expect(tellings(triaged(2, 3), reopened(3, 5), unnamed, { ...triaged(5, 9), hasActor: null }).map(({ has_decider }) => has_decider)).toEqual([true, false, null]);
  });
  it('say nothing of what an old system decided, nor of what was entered in error', () => {
    const imported: ConcernTold = { ...about, sequence: 1, type: 'safeguarding.concern.imported.v1', data: { receivedAt: at(1), ...codes, decision: { decidedAt: at(2), outcome: 's42_enquiry' } } };
    expect(factsOf([imported]).telling_fact).toEqual([]);
    expect(factsOf([imported, reopened(2, 3), triaged(3, 4)]).telling_fact).toEqual([expect.objectContaining({ nth: 2, decided_at: at(4) })]);
    expect(tellings(triaged(2, 3), { ...about, sequence: 3, type: 'safeguarding.concern.entered-in-error.v1', data: {} })).toEqual([]);
  });
});

describe('the facts of an enquiry', () => {
  const told = { ...about, recordId: 'e1' };
  const opened = (sequence: number, day: number): EnquiryTold => ({
    ...told, sequence, type: 'safeguarding.enquiry.opened.v1', data: { concernId: 'c1', kind: 's42', openedAt: at(day) },
  });
  const allocated = (sequence: number, day: number, again: boolean): EnquiryTold => ({
    ...told, sequence, type: 'safeguarding.enquiry.allocated.v1', data: { allocatedAt: at(day), again },
  });
  it('take the opening that was told last', () => {
    expect(factsOf([opened(2, 4), opened(1, 3)]).enquiry_fact).toEqual([expect.objectContaining({ opened_at: at(4) })]);
  });
  it('hold it concluded until it is known that it was opened again, and again from its next conclusion', () => {
    const concluded = (sequence: number, day: number): EnquiryTold => ({
      ...told, sequence, recordedAt: at(day), type: 'safeguarding.enquiry.concluded.v1',
      data: { concludedAt: at(day), outcomesAsked: 'not_asked', outcomesAchieved: null, mentalCapacity: 'has_capacity', advocate: null },
    });
    const reopened: EnquiryTold = { ...told, sequence: 3, recordedAt: at(25), type: 'safeguarding.enquiry.reopened.v1', data: { reopenedAt: at(24) } };
    expect(factsOf([concluded(4, 28), reopened, concluded(2, 22), opened(1, 3)]).enquiry_fact).toEqual([
      expect.objectContaining({ concluded_at: null, known_from: at(20), known_until: at(22) }),
      expect.objectContaining({ concluded_at: at(22), mental_capacity: 'has_capacity', known_from: at(22), known_until: at(25) }),
      expect.objectContaining({ concluded_at: null, mental_capacity: null, outcomes_asked: null, known_from: at(25), known_until: at(28) }),
      expect.objectContaining({ concluded_at: at(28), mental_capacity: 'has_capacity', known_from: at(28), known_until: null }),
    ]);
  });
  it('count it as allocated from when somebody first had it', () => {
    expect(factsOf([opened(1, 3), allocated(2, 5, false), allocated(3, 9, true)]).enquiry_fact).toEqual([expect.objectContaining({ allocated_at: at(5) })]);
  });
  it('begin again where a decision opens it after it was concluded and disposed of, and not where its opening is seen differently', () => {
    const concluded: EnquiryTold = { ...told, sequence: 3, type: 'safeguarding.enquiry.concluded.v1', data: { concludedAt: at(8), outcomesAsked: null, outcomesAchieved: null, mentalCapacity: null, advocate: null } };
    const before = [opened(1, 3), allocated(2, 5, false), concluded];
    expect(factsOf([...before, opened(4, 9)]).enquiry_fact.at(-1)).toMatchObject({ opened_at: at(9), allocated_at: null, concluded_at: null });
    expect(factsOf([...before, opened(4, 2)]).enquiry_fact.at(-1)).toMatchObject({ opened_at: at(2), allocated_at: at(5), concluded_at: at(8) });
  });
});

describe('the facts of a DoLS request', () => {
  const told = { ...about, recordId: 'd1' };
  it('count its days from midnight in London', () => {
    const events: DolsTold[] = [
      { ...told, sequence: 1, type: 'safeguarding.dols-request.received.v1', data: { receivedAt: '2025-07-01T23:30:00.000000Z', kind: 'new', setting: null } },
      { ...told, sequence: 2, type: 'safeguarding.dols-request.decided.v1', data: { decidedAt: '2025-07-22T22:30:00.000000Z', outcome: 'granted' } },
    ];
    expect(factsOf(events).dols_fact).toEqual([expect.objectContaining({ received_on: '2025-07-02', decided_on: '2025-07-22' })]);
  });
  it('do not take a correction of a decision for the decision', () => {
    const events: DolsTold[] = [
      { ...told, sequence: 1, type: 'safeguarding.dols-request.received.v1', data: { receivedAt: at(1), kind: 'new', setting: null } },
      { ...told, sequence: 3, type: 'safeguarding.dols-request.corrected.v1', data: { decidedAt: at(5) } },
    ];
    expect(factsOf(events).dols_fact).toEqual([expect.objectContaining({ decided_at: null, decided_on: null, outcome: null })]);
  });
});

describe('the facts of a person', () => {
  const told = { recordId: 'p1', recordedAt: at(20), authority: null, hasActor: true };
  const registered: PersonTold = {
    ...told, sequence: 1, type: 'safeguarding.person.registered.v1',
    data: { gender: 'female', ethnicity: 'asian', primarySupportReason: 'none', localArea: null },
  };
  const joined: PersonTold = { ...told, sequence: 2, type: 'safeguarding.person.joined.v1', data: { into: 'p2' } };
  it('lead a joined one on until they are separated', () => {
    expect(factsOf([registered, joined]).alias_fact).toEqual([expect.objectContaining({ id: 'p1', into_id: 'p2', known_until: null })]);
    const separated: PersonTold = { ...told, recordedAt: at(25), sequence: 3, type: 'safeguarding.person.separated.v1', data: {} };
    expect(factsOf([separated, registered, joined]).alias_fact).toEqual([expect.objectContaining({ known_from: at(20), known_until: at(25) })]);
  });
  it('are gone once the person was disposed of', () => {
    const disposed: PersonTold = { ...told, sequence: 3, type: 'safeguarding.person.disposed.v1', data: {} };
    const facts = factsOf([registered, joined, disposed]);
    expect([facts.person_fact, facts.alias_fact]).toEqual([[], []]);
  });
});

describe('any facts', () => {
  const story = fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant('triaged' as const), day: fc.nat(40), learnt: fc.nat(40), hasActor: fc.boolean() }),
      fc.record({ kind: fc.constant('wishes' as const), day: fc.nat(40), learnt: fc.nat(40) }),
      fc.record({ kind: fc.constant('reopened' as const), day: fc.nat(40), learnt: fc.nat(40) }),
      fc.record({ kind: fc.constant('corrected' as const), day: fc.nat(40), learnt: fc.nat(40) }),
      fc.record({ kind: fc.constant('inError' as const), day: fc.nat(40), learnt: fc.nat(40) }),
    ),
    { maxLength: 6 },
  ).map((told): ConcernTold[] => [
    received,
    ...told.map(({ kind, day, learnt, ...how }, index): ConcernTold => {
      const sequence = index + 2;
      if (kind === 'triaged') return { ...later(triaged(sequence, day), learnt), ...how };
      if (kind === 'wishes') return { ...about, recordedAt: at(learnt), sequence, type: 'safeguarding.concern.wishes-recorded.v1', data: { outcomesAsked: day % 2 === 0 ? 'not_asked' : 'asked_and_expressed' } };
      if (kind === 'reopened') return later(reopened(sequence, day), learnt);
      if (kind === 'corrected') return { ...about, recordedAt: at(learnt), sequence, type: 'safeguarding.concern.corrected.v1', data: { receivedAt: at(day) } };
      return { ...about, recordedAt: at(learnt), sequence, type: 'safeguarding.concern.entered-in-error.v1', data: {} };
    }),
  ]);
  it('are the same whatever the order and repetition of the events', () => {
    const shuffled = story.chain((events) =>
      fc.tuple(fc.constant(events), fc.shuffledSubarray([...events, ...events, ...events], { minLength: events.length * 3 })),
    );
    fc.assert(fc.property(shuffled, ([events, other]) => expect(factsOf(other)).toEqual(factsOf(events))), { numRuns: 500 });
  });
  it('as held at a time are those that follow from what was told by then', () => {
    fc.assert(
      fc.property(story, fc.nat(45), (events, day) => {
        const heldThen = factsOf(events).concern_fact.filter((fact) => fact.known_from <= at(day) && (fact.known_until === null || fact.known_until > at(day)));
        const toldThen = factsOf(events.filter((event) => event.recordedAt <= at(day))).concern_fact.filter((fact) => fact.known_until === null);
        const plain = (facts: typeof heldThen) => facts.map(({ known_from: _from, known_until: _until, ...fact }) => fact);
        expect(plain(heldThen)).toEqual(plain(toldThen));
      }),
      { numRuns: 500 },
    );
  });
});
