import { RuleViolation } from '#libs/decider';
import { type Keeping, type KeepOrDispose, keepingAfter, keepOrDispose, NOTHING_KEEPS_IT, permittedAtEnd } from './keep-or-dispose.js';
import type { RetentionBasis } from './rules.js';

const reason = { textId: 'why', hmac: 'hmac of why' };
const at = '2032-06-03T09:00:00.000000Z';
const basis: RetentionBasis = { class: 'closed', version: 1, source: 'a council', trigger: 'last_contact', years: 6, lastContactAt: '2026-06-01T09:00:00.000000Z', dueOn: '2032-06-02' };

const told = (command: KeepOrDispose, keeping: Keeping = NOTHING_KEEPS_IT, retention: RetentionBasis | undefined = basis) =>
  keepOrDispose(command, { code: 'thing', noun: 'thing', keeping, retentionOn: () => retention, unless: 'it goes on', disposes: 'ThingDisposed' as const });

/** The code with which it is refused, or what it comes to. */
function answer(...asked: Parameters<typeof told>): string {
  try {
    return told(...asked).map(({ type }) => type).join();
  } catch (error) {
    if (error instanceof RuleViolation) return `${error.code}: ${error.message}`;
    throw error;
  }
}

const proposed: Keeping = { legalHold: null, disposalProposal: { by: 'keeper-1', at } };
const held: Keeping = { legalHold: { by: 'keeper-1', at, reason }, disposalProposal: null };

describe('what is said of a record at the end of its retention', () => {
  it('takes two people, of whom each is named', () => {
    expect(answer({ type: 'ProposeDisposal', at, by: 'keeper-1' })).toBe('DisposalProposed');
    expect(told({ type: 'ConfirmDisposal', at, by: 'keeper-2' }, proposed)).toEqual([{ type: 'ThingDisposed', at, proposedBy: 'keeper-1', confirmedBy: 'keeper-2', retention: basis }]);
    expect(answer({ type: 'ConfirmDisposal', at, by: 'keeper-1' }, proposed)).toContain('thing/second-person-required');
    expect(answer({ type: 'ConfirmDisposal', at, by: ' ' }, proposed)).toContain('thing/person-required');
  });

  it('is nothing before its day, where nothing says how long, and while somebody needs it', () => {
    expect(answer({ type: 'ProposeDisposal', at: '2032-06-01T22:59:59.000000Z', by: 'keeper-1' })).toContain('thing/not-due');
    expect(() => keepOrDispose({ type: 'ProposeDisposal', at, by: 'keeper-1' }, { code: 'thing', noun: 'thing', keeping: NOTHING_KEEPS_IT, retentionOn: () => undefined, unless: 'it goes on', disposes: 'ThingDisposed' })).toThrow('Nothing says how long this thing is kept: it goes on.');
    expect(answer({ type: 'ProposeDisposal', at, by: 'keeper-1' }, held)).toContain('thing/on-hold');
  });

  it('is nothing while what it belongs with is on hold, or while nobody can say', () => {
    const goes = (is: 'no' | 'yes' | 'not_known') => () => keepOrDispose({ type: 'ConfirmDisposal', at, by: 'keeper-2' }, { code: 'thing', noun: 'thing', keeping: proposed, heldWith: { noun: 'box', is }, retentionOn: () => basis, unless: 'it goes on', disposes: 'ThingDisposed' });
    expect(goes('no')()).toHaveLength(1);
    expect(goes('yes')).toThrow('The box of this thing is under a legal hold, and both are kept until that is lifted.');
    expect(goes('not_known')).toThrow('cannot be learnt just now');
  });

  it('offers what may be done, which ends what a hold stands above', () => {
    expect([NOTHING_KEEPS_IT, proposed, held].map(permittedAtEnd)).toEqual([['PlaceLegalHold', 'ProposeDisposal'], ['PlaceLegalHold', 'ConfirmDisposal', 'DeclineDisposal'], ['LiftLegalHold']]);
    expect(keepingAfter(proposed, { type: 'LegalHoldPlaced', at, by: 'keeper-2', reason })).toEqual({ legalHold: { by: 'keeper-2', at, reason }, disposalProposal: null });
    expect(keepingAfter(held, { type: 'LegalHoldLifted', at, by: 'keeper-2', reason })).toEqual(NOTHING_KEEPS_IT);
  });
});
