import { RuleViolation } from '#libs/decider';
import { problemOf } from './problem.js';

const undecided = { code: 'concern/limb-undecided', message: 'It cannot be told yet.', about: 'risk' };
const unreasoned = { code: 'concern/reason-required', message: 'Say why.' };

describe('what rules refuse', () => {
  it('is one thing, and says which of several alike', () =>
    expect(problemOf(new RuleViolation(undecided.code, undecided.message, [undecided]))).toEqual({
      type: 'about:blank', title: 'Conflict', status: 409, detail: undecided.message, code: undecided.code, about: 'risk',
    }));

  it('is all of it where it is more, of which the first speaks for all', () =>
    expect(problemOf(new RuleViolation(undecided.code, undecided.message, [undecided, unreasoned]))).toMatchObject({
      detail: undecided.message, code: undecided.code, about: 'risk',
      refusals: [{ code: undecided.code, detail: undecided.message, about: 'risk' }, { code: unreasoned.code, detail: unreasoned.message }],
    }));

  it('is about nothing of several where there is one', () => expect(problemOf(new RuleViolation(unreasoned.code, unreasoned.message))).not.toHaveProperty('about'));
});
