import { z } from 'zod';
import { type Act, choices, errorsOf, read, text } from './act.js';

const shape = z.object({ close: text, reason: text });
const answers = {
  no: { text: 'No: they neither cause it nor are close to whoever does', hint: 'They can follow the concern, answer and be written to, as others can' },
  yes: { text: 'They could be', hint: 'Nothing reaches them by itself: no code, no message, nothing new on their page' },
};

/** What is said of who may be causing it, and of who raised it. */
export const onWhoIsClose = ['sourceOfRisk', 'referrerType', 'otherAllegations'];

/** Says whether whoever raised it may be causing the harm, where the rule knows too little of them. */
export const close: Act = {
  name: 'close-to-harm',
  command: 'JudgeReferrer',
  needs: 'concern.correct',
  link: 'Say whether they may be causing the harm',
  title: 'Could whoever raised it be causing the harm, or be close to whoever does?',
  button: 'Record',
  done: 'It is recorded whether whoever raised it may be causing the harm.',
  tells: ['ReferrerJudged'],
  fields: { 'concern/reason-required': 'reason' },
  template: 'concern/close.njk',
  isBeside: true,
  writesOver: ({ type, correction }) => type === 'ReferrerJudged' || onWhoIsClose.includes(correction?.field ?? ''),
  form(_concern, body) {
    const { close: answer, reason } = read(shape, body);
    return {
      errors: errorsOf([!(answer in answers) && { text: 'Say whether they may be causing the harm', href: '#close' }, reason === '' && { text: 'Say how you know', href: '#reason' }]),
      path: 'referrer-judged',
      payload: { mayBeSource: answer === 'yes', reason },
      fields: { items: choices(answers, answer), reason },
    };
  },
};
