import { z } from 'zod';
import { durationInWords, listInWords, visitor } from '#libs/pages';
import type { Called } from '../../colleagues.js';
import { mayOneOf } from '../../may.js';
import type { ConcernCase } from '../shapes.js';
import { type Act, errorsOf, read, text } from './act.js';

/** Who else has it: a colleague may be working on it just now. */
const otherWith = ({ status, assignedTo }: ConcernCase): string | undefined => (status === 'awaiting-triage' && assignedTo !== null && assignedTo !== visitor()?.id ? assignedTo : undefined);

/** That a colleague has it, and who else opened it lately, in sentences; undefined where nobody else does. */
export function colleagueWith(concern: ConcernCase, called: Called): string | undefined {
  const other = otherWith(concern);
  return [other && `${called(other)} has this concern.`, openedInWords(concern.openedBy, { asOf: concern.asOf, called })].filter(Boolean).join(' ') || undefined;
}

/** Who opened it lately: they may be at it just now. */
export function openedInWords(openedBy: ConcernCase['openedBy'], { asOf, called }: { asOf: string; called: Called }): string | undefined {
  if (openedBy.length === 0) return undefined;
  return `Opened by ${listInWords(openedBy.map(({ id, at }) => `${called(id)} ${durationInWords(Date.parse(asOf) - Date.parse(at))} ago`))}: they may be working on it.`;
}

const assigning = { command: 'AssignConcern', needs: 'concern.assign' } as const;

/** Whoever is signed in takes it; of several who do at once, one has it. From a colleague it is not taken by one button: a form says whose it is. */
export const take: Act = {
  ...assigning,
  name: 'take',
  link: 'Take it',
  title: 'Take this concern',
  button: 'Take it',
  done: 'You have it now.',
  tells: ['ConcernAssigned'],
  template: 'concern/act.njk',
  isOneStep: (concern) => otherWith(concern) === undefined,
  wordsFor(concern, called) {
    const other = otherWith(concern);
    if (other === undefined) return {};
    const over = `Take it over from ${called(other)}`;
    return { link: over, title: over, button: 'Take it over' };
  },
  isOffered: ({ assignedTo }) => assignedTo !== visitor()?.id,
  form: () => ({ errors: [], path: 'assign', payload: { to: visitor()?.id }, fields: {} }),
};

const shape = z.object({ to: text });
/** No id begins so. */
const nobody = '-';

/** Somebody else is to have it, or nobody. */
export const give: Act = {
  ...assigning,
  name: 'give',
  link: 'Give it to a colleague',
  title: 'Give this concern to a colleague',
  button: 'Give it to them',
  done: 'It is recorded who has it now.',
  tells: ['ConcernAssigned'],
  template: 'concern/give.njk',
  form({ assignedTo }, body, { colleagues = [] } = {}) {
    const { to } = read(shape, body);
    const some = colleagues.filter(({ id, roles, isActive }) => isActive && id !== assignedTo && mayOneOf(roles, 'concern.triage'));
    const items = some.map(({ id, name }) => ({ value: id, text: name, selected: id === to }));
    return {
      errors: errorsOf([to === '' && { text: 'Say who is to have it', href: '#to' }]),
      path: 'assign',
      payload: { to: to === nobody ? null : to },
      fields: { to, items: items.length > 0 && [{ value: '', text: 'Choose' }, ...items, ...(assignedTo === null ? [] : [{ value: nobody, text: 'Nobody: back to the queue' }])] },
    };
  },
};
