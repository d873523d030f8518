import { findContract } from '#libs/contracts';
import { aLegacyEnquiry, anAllocation, anEnquiry, concluded, MONDAY, THURSDAY, TUESDAY, WEDNESDAY, words } from '../../domain/an-enquiry.js';
import { enquiry, type Correction, type EnquiryEvent } from '../../domain/enquiry.js';
import { publish } from './publish.js';

const concernId = '0b6f7a52-6a35-5c6a-9e0f-3a1b2c3d4e5f';
const by = 'staff-manager-1';

/** What is published, each checked against its contract. */
function told(...events: EnquiryEvent[]) {
  return events.flatMap(publish).map(({ type, data }) => {
    expect(findContract(type)!.shape.data.parse(data)).toEqual(data);
    return { type: type.replace('safeguarding.enquiry.', ''), ...data };
  });
}

describe('what others learn of an enquiry', () => {
  it('is that it opened, and when that was seen differently', () => {
    const revised: EnquiryEvent = {
      type: 'EnquiryOpeningRevised', at: TUESDAY, concernId, decision: 2, openedAt: MONDAY, kind: 'other', conductedBy: 'nhs', legacy: true,
    };
    expect(told(anEnquiry({ concernId }), revised)).toEqual([
      { type: 'opened.v1', concernId, kind: 's42', openedAt: MONDAY, legacy: false, conductedBy: null },
      { type: 'opened.v1', concernId, kind: 'other', openedAt: MONDAY, legacy: true, conductedBy: 'nhs' },
    ]);
  });

  it('is the whole of an imported one, and nobody’s words', () => {
    const events = enquiry.decide(aLegacyEnquiry({ concernId }), enquiry.initialState);
    expect(told(...events)).toEqual([
      { type: 'opened.v1', concernId, kind: 's42', openedAt: TUESDAY, legacy: true, conductedBy: 'local_authority' },
      { type: 'allocated.v1', allocatedAt: WEDNESDAY, again: false },
      {
        type: 'concluded.v1', concludedAt: THURSDAY, legacy: true, outcomesAsked: 'not_asked', outcomesAchieved: null,
        mentalCapacity: 'lacks_capacity', advocate: 'yes', riskOutcome: 'reduced',
      },
    ]);
  });

  it('is who makes it, that it changed hands, and its end', () => {
    const caused: EnquiryEvent = { type: 'EnquiryCaused', at: TUESDAY, by, agency: 'police', scope: words('a'), purpose: words('b'), dueOn: '2026-07-01' };
    const moved: EnquiryEvent = { type: 'EnquiryReallocated', at: WEDNESDAY, worker: 'w', team: 't', by, reason: words('c') };
    const inError: EnquiryEvent = { type: 'EnquiryEnteredInError', at: THURSDAY, proposedBy: by, confirmedBy: 'other', reason: words('d') };
    expect(told(anAllocation(), moved, caused, concluded(), inError).map(({ type }) => type)).toEqual([
      'allocated.v1', 'allocated.v1', 'caused.v1', 'concluded.v1', 'entered-in-error.v1',
    ]);
    expect(told(moved)).toEqual([{ type: 'allocated.v1', allocatedAt: WEDNESDAY, again: true }]);
  });

  it.each<[Correction, object]>([
    [{ field: 'openedAt', value: MONDAY }, { openedAt: MONDAY }],
    [{ field: 'conductedBy', value: 'nhs' }, { conductedBy: 'nhs' }],
    [{ field: 'advocate', value: true }, { advocate: 'yes' }],
    [{ field: 'advocate', value: null }, { advocate: null }],
    [{ field: 'outcomes', value: { asked: 'not_asked', achieved: null } }, { outcomesAsked: 'not_asked', outcomesAchieved: null }],
  ])('is what was put right: %j', (correction, data) =>
    expect(told({ type: 'EnquiryCorrected', at: THURSDAY, by, correction, reason: words('why') })).toEqual([{ type: 'corrected.v1', ...data }]));

  it('is that it was opened again, and not why', () =>
    expect(told({ type: 'EnquiryReopened', at: TUESDAY, by, reason: words('x') })).toEqual([{ type: 'reopened.v1', reopenedAt: TUESDAY }]));

  it('is nothing of what stays among those who work on it', () =>
    expect(told({ type: 'WhetherToGoOnAsked', at: TUESDAY })).toEqual([]));
});
