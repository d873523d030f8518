import { fold, specify } from '#libs/decider';
import * as fc from 'fast-check';

import { aLegacyEnquiry, anAllocation, anEnquiry, concluded, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, words } from './an-enquiry.js';
import { enquiry, type EnquiryCommand, type EnquiryEvent } from './enquiry.js';

const { given } = specify(enquiry);
const open = { type: 'OpenEnquiry', at: MONDAY, concernId: 'concern-1', kind: 's42', decision: 1, reference: 'SE-0001', legacy: false } as const;
const revised = {
  type: 'EnquiryOpeningRevised', concernId: 'concern-1', openedAt: MONDAY, conductedBy: null, legacy: false,
} as const;
const inError: EnquiryEvent[] = [
  anEnquiry(),
  { type: 'EnquiryEnteredInError', at: TUESDAY, proposedBy: 'worker-1', confirmedBy: 'manager-1', reason: words('a test') },
];

/** What comes of these commands, one after the other. */
const after = (...commands: EnquiryCommand[]) =>
  commands.reduce((state, command) => fold(enquiry, enquiry.decide(command, state), state), enquiry.initialState);

describe('opening an enquiry', () => {
  it('is done by a decision', () => given().when(open).then(anEnquiry()));
  it('is done once', () => given(anEnquiry()).when(open).thenNothing());
  it('keeps to one enquiry, of the kind that was decided last', () =>
    given(anEnquiry())
      .when({ ...open, at: TUESDAY, kind: 'other', decision: 2 })
      .then({ ...revised, at: TUESDAY, decision: 2, kind: 'other' }));
  it('goes back to the first decision where that becomes known late', () =>
    given(anEnquiry({ at: TUESDAY, kind: 'other', decision: 2 }))
      .when(open)
      .then({ ...revised, at: MONDAY, decision: 1, kind: 'other' }));
  it('is done afresh by a new decision where the old enquiry was entered in error', () =>
    given(...inError).when({ ...open, at: WEDNESDAY, decision: 2 }).then(anEnquiry({ at: WEDNESDAY, decision: 2 })));
  it('is not done by the old decision then', () => given(...inError).when(open).thenNothing());
});

describe('importing an enquiry from another system', () => {
  const imported: EnquiryEvent = {
    type: 'EnquiryImported',
    at: TUESDAY,
    concernId: 'concern-1',
    kind: 's42',
    decision: 1,
    reference: 'WE00001',
    conductedBy: 'local_authority',
    findings: null,
    endedElsewhere: null,
    allocationInWords: words('who had it'),
  };
  const allocated = anAllocation({ at: WEDNESDAY, worker: null, team: null, by: null, legacy: true });
  const conclusion = concluded({
    at: THURSDAY,
    outcomesAsked: 'not_asked',
    outcomesAchieved: null,
    mentalCapacity: 'lacks_capacity',
    advocate: true,
    riskOutcome: 'reduced',
    risks: [],
    action: null,
    sarReferral: null,
    decidedBy: null,
    legacy: true,
  });

  it('notes what happened elsewhere, each at its time', () => {
    const events = enquiry.decide(aLegacyEnquiry(), enquiry.initialState);
    expect(events).toEqual([imported, allocated, conclusion]);
  });
  it('is done once', () => given(imported).when(aLegacyEnquiry()).thenNothing());
  it('fills in the one that is there, and its time of opening wins', () =>
    expect(after(open, aLegacyEnquiry({ allocatedAt: null, concludedAt: null }))).toMatchObject({
      status: 'open',
      story: { openedAt: TUESDAY, reference: 'WE00001', decisions: [1], isImported: true, findings: { outcomesAsked: 'not_asked' } },
    }));
  it('leaves nothing to do for the decision that it hangs on', () => given(imported).when(open).thenNothing());
  it('knows better than that what a later decision said', () =>
    expect(enquiry.decide(aLegacyEnquiry(), after(open, { ...open, kind: 'other', decision: 2 }))).toMatchObject([{ kind: 'other' }, {}, {}]));
  it('tells since when somebody had it, and leaves it with whom it was given to here', () =>
    expect(after(open, { type: 'AllocateEnquiry', at: WEDNESDAY, by: 'manager-1', worker: 'worker-1', team: 'x', openTo: [] }, aLegacyEnquiry())).toMatchObject({
      status: 'concluded',
      allocation: { at: WEDNESDAY, worker: 'worker-1', team: 'x' },
    }));
  it('leaves a conclusion drawn here alone', () => {
    const before = fold(enquiry, [anEnquiry(), anAllocation(), concluded()]);
    const events = enquiry.decide(aLegacyEnquiry(), before);
    expect(fold(enquiry, events, before)).toMatchObject({ conclusion: concluded(), story: { openedAt: TUESDAY } });
    expect(events).toMatchObject([{ endedElsewhere: { allocatedAt: WEDNESDAY, concludedAt: THURSDAY } }]);
  });
  it('wins over a time of opening that was put right without it', () => {
    const correction = { field: 'openedAt', value: WEDNESDAY } as const;
    const right: EnquiryCommand = { type: 'CorrectEnquiry', at: THURSDAY, by: 'manager-1', correction, reason: words('why') };
    expect(after(open, right, aLegacyEnquiry())).toMatchObject({ story: { openedAt: TUESDAY } });
  });
  it('is taken even where it says that the enquiry was opened after somebody had it here', () =>
    given(anEnquiry(), anAllocation())
      .when(aLegacyEnquiry({ at: WEDNESDAY, allocatedAt: null, concludedAt: null }))
      .then({
        ...imported,
        at: WEDNESDAY,
        findings: { outcomesAsked: 'not_asked', outcomesAchieved: null, mentalCapacity: 'lacks_capacity', advocate: true, riskOutcome: 'reduced' },
      }));
  it('does not bring back what was entered in error', () => given(...inError).when(aLegacyEnquiry()).thenNothing());
  it('refuses what was concluded and never allocated', () =>
    given().when(aLegacyEnquiry({ allocatedAt: null })).thenRefused('enquiry/not-allocated'));
  it('refuses times in the wrong order', () => {
    given().when(aLegacyEnquiry({ allocatedAt: MONDAY })).thenRefused('enquiry/allocated-before-opened');
    given().when(aLegacyEnquiry({ concludedAt: TUESDAY })).thenRefused('enquiry/concluded-before-allocated');
  });
});

describe('the order in which decisions and the record arrive', () => {
  const decisions = fc.subarray([1, 2, 3], { minLength: 1 }).map((all) =>
    all.map((decision) => ({ ...open, at: `2026-06-0${decision}T08:00:00.000000Z`, kind: decision === 2 ? 'other' : 's42', decision }) as const),
  );
  const record = fc.constantFrom(
    [],
    [aLegacyEnquiry()],
    [aLegacyEnquiry({ concludedAt: null })],
    [aLegacyEnquiry({ allocatedAt: null, concludedAt: null })],
  );
  const arrivals = fc.tuple(decisions, record).map(([first, second]): EnquiryCommand[] => [...first, ...second]);

  it('makes no difference, and neither does repetition', () => {
    fc.assert(
      fc.property(
        arrivals.chain((commands) => fc.tuple(fc.constant(commands), fc.shuffledSubarray([...commands, ...commands], { minLength: commands.length * 2 }))),
        ([commands, shuffled]) => expect(after(...shuffled)).toEqual(after(...commands)),
      ),
    );
  });
});
