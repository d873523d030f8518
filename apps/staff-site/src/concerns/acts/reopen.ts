import { z } from 'zod';
import { type Act, errorsOf, read, text } from './act.js';

const shape = z.object({ reason: text });

/** Opens a decided concern again. */
export const reopen: Act = {
  name: 'reopen',
  command: 'ReopenConcern',
  needs: 'concern.reopen',
  link: 'Open it again',
  title: 'Open this concern again',
  button: 'Open it again',
  done: 'The concern is open again, and its clocks have started anew.',
  tells: ['ConcernReopened'],
  template: 'concern/reopen.njk',
  form(_concern, body) {
    const { reason } = read(shape, body);
    return { errors: errorsOf([reason === '' && { text: 'Say why it is opened again', href: '#reason' }]), path: 'reopen', payload: { reason }, fields: { reason } };
  },
};
