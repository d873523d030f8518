import { z } from 'zod';
import { visitor } from '#libs/pages';
import { type Act, errorsOf, read, text } from './act.js';

const assigning = { command: 'AssignConcern', needs: 'concern.assign' } as const;

/** Whoever is signed in takes it; of several who do at once, one has it. */
export const take: Act = {
  ...assigning,
  name: 'take',
  link: 'Take it',
  title: 'Take this concern',
  button: 'Take it',
  done: 'You have it now.',
  tells: ['ConcernAssigned'],
  template: 'concern/act.njk',
  isOneStep: true,
  isOffered: ({ assignedTo }) => assignedTo !== visitor()?.id,
  form: () => ({ errors: [], path: 'assign', payload: { to: visitor()?.id }, fields: {} }),
};

const shape = z.object({ to: text });

/** Somebody else is to have it, or nobody. */
export const give: Act = {
  ...assigning,
  name: 'give',
  link: 'Give it to a colleague',
  title: 'Give this concern to a colleague',
  button: 'Give it to them',
  done: 'Somebody else has it now.',
  tells: ['ConcernAssigned'],
  template: 'concern/give.njk',
  form(_concern, body) {
    const { to } = read(shape, body);
    return { errors: errorsOf([to === '' && { text: 'Say who is to have it', href: '#to' }]), path: 'assign', payload: { to }, fields: { to } };
  },
};
