import { z } from 'zod';
import { type Act, choices, errorsOf, read, text } from './act.js';

const shape = z.object({ danger: text, reason: text });
const answers = { yes: 'Yes', no: 'No' };

/** Puts right whether the person is in danger now: who is goes to the top of the queue. */
export const danger: Act = {
  name: 'danger',
  command: 'CorrectConcern',
  needs: 'concern.correct',
  link: 'Record whether they are in danger',
  title: 'Is the person in danger now?',
  button: 'Record',
  done: 'Whether the person is in danger now is recorded.',
  tells: ['ConcernCorrected'],
  template: 'concern/danger.njk',
  writesOver: ({ correction, immediateRisk }) => correction?.field === 'immediateRisk' || typeof immediateRisk === 'boolean',
  isOffered: ({ status, missing, immediateRisk }) => status === 'awaiting-triage' || immediateRisk === true || missing.includes('immediate_risk'),
  form(_concern, body) {
    const { danger: answer, reason } = read(shape, body);
    return {
      errors: errorsOf([
        !(answer in answers) && { text: 'Say whether the person is in danger now', href: '#danger' },
        reason === '' && { text: 'Say how you know', href: '#reason' },
      ]),
      path: 'correct',
      payload: { field: 'immediateRisk', value: answer === 'yes', reason },
      fields: { items: choices(answers, answer), reason },
    };
  },
};
