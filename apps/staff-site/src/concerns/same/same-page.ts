import { type FormError, messagesByField } from '#libs/pages';
import { paths } from '../../paths.js';
import { changesInWords } from '../timeline.js';
import type { ConcernCase } from '../shapes.js';
import type { Likeness } from './same-person.js';
import type { Away } from '../../unless-away.js';

export interface Typed {
  verdict: string;
  other: string;
  reason: string;
}

interface Shown {
  name: string;
  typed: Typed;
  key: string;
  seen: number;
  csrf: string;
  errors: FormError[];
  changes?: Parameters<typeof changesInWords>[0];
  away?: Away;
}

/** What keeps a form from being sent. */
export function errorsIn({ verdict, other, reason }: Typed, { joined, matches }: Likeness): FormError[] {
  const errors: (FormError | false)[] = [
    !joined && !matches.some(({ id }) => id === other) && { text: 'Choose whom you looked at', href: '#other' },
    !(joined ? ['two'] : ['one', 'different']).includes(verdict) && { text: 'Say what you found', href: '#verdict' },
    reason === '' && { text: 'Say how you know', href: '#reason' },
  ];
  return errors.filter((error) => error !== false);
}

/** Who else the person of a concern may be, and the form that says so. */
export function samePage({ id, reference }: ConcernCase, { joined, matches }: Likeness, { name, typed, errors, changes, ...form }: Shown) {
  const item = (value: string, text: string, chosen: string) => ({ value, text, checked: value === chosen });
  return {
    title: 'Is it the same person?',
    here: paths.queues(),
    backHref: paths.concern(id),
    action: paths.concernAct(id, 'same'),
    caption: `${reference}, ${name}`,
    button: 'Record',
    noButton: !joined && matches.length === 0,
    joined,
    others: matches.map((one) => ({ ...item(one.id, one.name, typed.other), hint: { text: one.reasons.join('; ') } })),
    verdicts: joined
      ? [item('two', 'They are two people after all', typed.verdict)]
      : [item('one', 'They are one person', typed.verdict), item('different', 'They are different people, and are not suggested again', typed.verdict)],
    reason: typed.reason,
    errors,
    messages: messagesByField(errors),
    changes: changes && changesInWords(changes, (one) => one),
    ...form,
  };
}
