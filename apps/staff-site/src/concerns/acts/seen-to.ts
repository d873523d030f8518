import { z } from 'zod';
import { type Act, errorsOf, read, text } from './act.js';

const shape = z.object({ reason: text });

/** Says that danger which was told after the decision was seen to: it stands first in no list any more, and the decision stands. */
export const seenTo: Act = {
  name: 'danger-seen-to',
  command: 'SeeToDanger',
  needs: 'concern.correct',
  link: 'Say that the danger was seen to',
  title: 'Was the danger seen to?',
  button: 'It was seen to',
  done: 'It is recorded that the danger was seen to. The decision stands.',
  tells: ['DangerSeenTo'],
  fields: { 'concern/reason-required': 'reason' },
  template: 'concern/seen-to.njk',
  form(_concern, body) {
    const { reason } = read(shape, body);
    return { errors: errorsOf([reason === '' && { text: 'Say what was done about the danger, or how you know that it is seen to', href: '#reason' }]), path: 'danger-seen-to', payload: { reason }, fields: { reason } };
  },
};
