import { z } from 'zod';
import { visitor } from '#libs/pages';
import type { ConcernCase } from '../shapes.js';
import { type Act, errorsOf, type Form, read, text } from './act.js';

const shape = z.object({ reason: text });
const needs = 'concern.enter_in_error';
const template = 'concern/error.njk';

/** Why somebody says that a concern should never have been recorded. */
export const errorReason = ({ story }: Pick<ConcernCase, 'story'>): string | undefined => story.findLast(({ type }) => type === 'EnteredInErrorProposed')?.reason ?? undefined;

/** A form that asks for the reason alone. */
function withReason(step: string, missing: string, words: { said: string; label: string }) {
  return (concern: ConcernCase, body?: unknown): Form => {
    const { reason } = read(shape, body);
    return { errors: errorsOf([reason === '' && { text: missing, href: '#reason' }]), path: `entered-in-error/${step}`, payload: { reason }, fields: { ...words, because: errorReason(concern), reason } };
  };
}

/** The first of two people says that a concern should never have been recorded. */
export const proposeError: Act = {
  name: 'error',
  command: 'ProposeEnteredInError',
  needs,
  link: 'It should never have been recorded',
  title: 'This should never have been recorded',
  button: 'Ask a colleague to confirm',
  done: 'It is recorded that this should never have been. A colleague has to confirm it; until then it stays where it is.',
  tells: ['EnteredInErrorProposed'],
  template,
  form: withReason('propose', 'Say why this should never have been recorded', {
    said: 'For what is no concern at all, such as a test, or the same form sent twice. A concern that needs no action is decided, not entered in error. A colleague has to confirm it.',
    label: 'Why it should never have been recorded',
  }),
};

/** The second agrees: it leaves every queue and is counted. */
export const confirmError: Act = {
  name: 'error-confirm',
  command: 'ConfirmEnteredInError',
  needs,
  link: 'Confirm that it should never have been recorded',
  title: 'Confirm that this should never have been recorded',
  button: 'Confirm',
  done: 'It is recorded as entered in error.',
  tells: ['ConcernEnteredInError'],
  template,
  isOffered: ({ errorProposedBy }) => errorProposedBy !== visitor()?.id,
  form: (concern) => ({
    errors: [],
    path: 'entered-in-error/confirm',
    payload: {},
    fields: { said: 'It leaves every queue and is counted as entered in error. Its story stays; nothing more can be done on it.', because: errorReason(concern) },
  }),
};

/** Another disagrees, or the first takes it back. */
export const declineError: Act = {
  name: 'error-decline',
  command: 'DeclineEnteredInError',
  needs,
  link: 'Keep it: it was rightly recorded',
  title: 'Keep this concern',
  button: 'Keep it',
  done: 'The concern stays recorded.',
  tells: ['EnteredInErrorDeclined'],
  template,
  form: withReason('decline', 'Say why this concern is to be kept', { said: 'It stays where it is and is worked on as before.', label: 'Why it is kept' }),
};
