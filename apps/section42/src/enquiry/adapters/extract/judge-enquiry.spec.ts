import { type KnownConcern, RowJudge } from '#libs/extract';
import { columns, judgeEnquiry, type EnquiryFacts } from './judge-enquiry.js';

const BEGAN = '2026-06-01T09:00:00.000000Z';
const empty = Object.fromEntries([...columns.required, ...columns.optional].map((column) => [column, '']));

/** A row of an enquiry that is concluded and has every answer. */
const whole = {
  ...empty,
  enquiry_ref: 'E1',
  concern_ref: 'C1',
  opened_at: '2025-06-02T09:00:00Z',
  conducted_by: 'local_authority',
  team: 'community_north',
  allocated_at: '2025-06-03T09:00:00Z',
  allocated_to: 'WSW36',
  concluded_at: '2025-06-04T09:00:00Z',
  outcomes_asked: 'asked_and_expressed',
  outcomes_achieved: 'fully_achieved',
  mental_capacity: 'lacks_capacity',
  advocate: 'no',
  risk_outcome: 'reduced',
};

const concern = (reference: string, outcome: KnownConcern['outcome']): [string, KnownConcern] => [
  reference,
  { reference, id: '0b6f7a52-6a35-5c6a-9e0f-3a1b2c3d4e5f', authority: 'E06000062', outcome },
];
const facts = (): EnquiryFacts => ({
  concerns: new Map([concern('C1', 's42_enquiry'), concern('C2', 'other_enquiry'), concern('C3', null), concern('C4', 's42_enquiry')]),
  enquiryOf: new Map([['C4', 'E4']]),
});

function judged(change: Partial<Record<keyof typeof whole, string>>) {
  const row = { line: 2, cells: { ...whole, ...change }, raw: [] };
  const judge = new RowJudge(row, BEGAN);
  const taken = judgeEnquiry(row, judge, facts());
  return { codes: [...judge.codes].toSorted(), flags: [...judge.flags].toSorted(), taken };
}

describe('a row of enquiries.csv', () => {
  it('is taken whole', () => {
    const { codes, flags, taken } = judged({});
    expect({ codes, flags }).toEqual({ codes: [], flags: [] });
    expect(taken).toMatchObject({
      reference: 'E1',
      concern: { authority: 'E06000062' },
      openedAt: '2025-06-02T09:00:00.000000Z',
      allocatedAt: '2025-06-03T09:00:00.000000Z',
      concludedAt: '2025-06-04T09:00:00.000000Z',
      advocate: false,
      words: { team: 'community_north', allocatedTo: 'WSW36' },
    });
  });

  it('is taken with what is required alone', () => {
    const { codes, flags, taken } = judged({ ...empty, enquiry_ref: 'E1', concern_ref: 'C1', opened_at: whole.opened_at });
    expect({ codes, flags }).toEqual({ codes: [], flags: [] });
    expect(taken).toMatchObject({ allocatedAt: null, concludedAt: null, outcomesAsked: null, advocate: null });
  });

  it.each([
    [{ enquiry_ref: '' }, ['missing_value:enquiry_ref']],
    [{ concern_ref: '' }, ['missing_value:concern_ref']],
    [{ opened_at: '' }, ['missing_value:opened_at']],
    [{ opened_at: '2 June 2025' }, ['bad_value:opened_at']],
    [{ allocated_at: '2025-06-31T09:00' }, ['bad_value:allocated_at']],
    [{ concluded_at: '2025-06-04' }, ['bad_value:concluded_at']],
    [{ conducted_by: 'Police' }, ['bad_value:conducted_by']],
    [{ outcomes_asked: 'yes' }, ['bad_value:outcomes_asked']],
    [{ outcomes_achieved: 'some' }, ['bad_value:outcomes_achieved']],
    [{ mental_capacity: ' lacks_capacity' }, ['bad_value:mental_capacity']],
    [{ advocate: 'Y' }, ['bad_value:advocate']],
    [{ risk_outcome: 'gone' }, ['bad_value:risk_outcome']],
    [{ opened_at: '2025-03-30T01:30' }, ['no_such_time:opened_at']],
    [{ opened_at: '2024-03-31T01:30', allocated_at: '2024-03-31T01:30' }, ['no_such_time:allocated_at', 'no_such_time:opened_at']],
    [{ concluded_at: '2026-03-29T01:59:59' }, ['no_such_time:concluded_at']],
    [{ concern_ref: 'C9' }, ['unknown_reference:concern_ref']],
    [{ concern_ref: 'C2' }, ['contradiction:concern_ref']],
    [{ concern_ref: 'C3' }, ['contradiction:concern_ref']],
    [{ concern_ref: 'C4' }, ['contradiction:concern_ref']],
    [{ concern_ref: 'C4', enquiry_ref: 'E4' }, []],
    [{ allocated_at: '2025-06-02T08:59:59.999999Z' }, ['out_of_order:allocated_at']],
    [{ allocated_at: whole.opened_at, concluded_at: whole.opened_at }, []],
    [{ concluded_at: '2025-06-03T08:00:00Z' }, ['out_of_order:concluded_at']],
    [{ allocated_at: 'soon', concluded_at: '2025-06-01T09:00Z' }, ['bad_value:allocated_at']],
    [{ allocated_at: '' }, ['contradiction:concluded_at']],
    [{ allocated_at: '', concluded_at: 'bad' }, ['bad_value:concluded_at', 'contradiction:concluded_at']],
    [{ opened_at: '2027-01-01T00:00Z' }, ['in_the_future:opened_at', 'out_of_order:allocated_at']],
    [{ allocated_at: '2026-06-01T09:00:00.000001Z', concluded_at: '' }, ['in_the_future:allocated_at']],
    [{ concluded_at: '2026-06-01T09:00:00.000000Z' }, []],
    [{ concluded_at: '2026-06-01 10:00:01' }, ['in_the_future:concluded_at']],
    [
      { concern_ref: 'C9', opened_at: '', advocate: '?', allocated_at: '' },
      ['bad_value:advocate', 'contradiction:concluded_at', 'missing_value:opened_at', 'unknown_reference:concern_ref'],
    ],
  ])('with %j has the codes %j', (change, codes) => expect(judged(change).codes).toEqual(codes));

  it.each([
    [{ outcomes_asked: '', outcomes_achieved: '' }, ['not_recorded:outcomes_asked']],
    [{ outcomes_achieved: '' }, ['not_recorded:outcomes_achieved']],
    [{ outcomes_asked: 'asked_not_expressed', outcomes_achieved: '' }, []],
    [{ outcomes_asked: 'not_recorded', outcomes_achieved: '', mental_capacity: 'not_recorded' }, []],
    [{ mental_capacity: '' }, ['not_recorded:mental_capacity']],
    [{ risk_outcome: '' }, ['not_recorded:risk_outcome']],
    [{ concluded_at: '', outcomes_asked: '', mental_capacity: '', risk_outcome: '' }, []],
    [{ opened_at: '2024-10-27T01:30' }, ['time_occurs_twice:opened_at']],
    [{ opened_at: '2024-10-27T00:30Z' }, []],
    [{ conducted_by: '', advocate: '', team: '', allocated_to: '' }, []],
  ])('with %j is taken and flagged %j', (change, flags) => expect(judged(change)).toMatchObject({ codes: [], flags }));
});
