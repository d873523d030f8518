import { z } from 'zod';
import type { ConcernCase } from '../shapes.js';
import { outcomeInWords } from '../words.js';
import { type Act, choices, errorsOf, read, text } from './act.js';

const shape = z.object({ danger: text, reason: text });
const answers = { yes: 'Yes', no: 'No' };

/** It was decided, and nobody says that there is danger. */
const isDecidedWithout = ({ status, immediateRisk }: ConcernCase): boolean => status === 'triaged' && immediateRisk !== true;

/** Puts right whether the person is in danger now: who is goes to the top of the queue, and where it was decided before stands over it until somebody has seen to it. */
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
  wordsFor: (concern) => (isDecidedWithout(concern) && concern.immediateRisk === false ? { link: 'Record that they are in danger now' } : {}),
  isAside: isDecidedWithout,
  form(concern, body) {
    const { danger: answer, reason } = read(shape, body);
    return {
      errors: errorsOf([
        !(answer in answers) && { text: 'Say whether the person is in danger now', href: '#danger' },
        reason === '' && { text: 'Say how you know', href: '#reason' },
      ]),
      path: 'correct',
      payload: { field: 'immediateRisk', value: answer === 'yes', reason },
      fields: { items: choices(answers, answer), reason, decided: isDecidedWithout(concern) && concern.decision ? outcomeInWords(concern.decision.outcome) : undefined },
    };
  },
};
