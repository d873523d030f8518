import type { FormError } from '#libs/pages';
import { limbs } from '../words.js';
import { type Act, errorsOf, type Form } from './act.js';
import { circumstancesFields, personErrors, protectionErrors } from './circumstances.js';
import { askable } from './ask.js';
import { judgementOf, judgingFields, type Typed, typedIn } from './judging.js';
import { wishesErrors } from './wishes.js';

/** Keeps what can be told so far and asks for the rest; the other button of the form on which a concern is decided. */
export const consider: Act = {
  name: 'consider',
  command: 'ConsiderLimbs',
  needs: 'concern.triage',
  link: 'Keep what can be told so far',
  title: 'Decide this concern',
  button: 'Keep this for now',
  done: 'What can be told so far is kept. Nothing is decided, and the clocks go on.',
  tells: ['WishesRecorded', 'LimbsConsidered', 'MoreAskedFor'],
  fields: { ...circumstancesFields, 'concern/nothing-considered': 'needs' },
  template: 'concern/decide.njk',
  isOffered: () => false,
  form(concern, body): Form {
    const typed = typedIn(concern, body);
    const ask = askable(typed.ask);
    const payload = { ...judgementOf(typed), ...(ask.length > 0 ? { ask: { what: ask, ...(typed.ask_words && { message: typed.ask_words }) } } : {}) };
    return { errors: errorsIn(typed), path: 'consider', payload, fields: judgingFields(concern, typed, body === undefined) };
  },
};

/** Nothing has to be answered yet; what is, is answered whole. */
const errorsIn = (typed: Typed): FormError[] => [
  ...protectionErrors(typed, false),
  ...errorsOf(
    limbs.flatMap(({ name, letter }) => [
      typed[name] === '' && typed[`${name}_reason`] !== '' && { text: `Choose an answer to (${letter}), which may be that it cannot be told yet`, href: `#${name}` },
      typed[name] !== '' && typed[`${name}_reason`] === '' && { text: `Say how you judged (${letter}), or what keeps it from being told yet`, href: `#${name}_reason` },
    ]),
  ),
  ...(typed.wishes === '' ? [] : wishesErrors(typed)),
  ...personErrors(typed, false),
  ...errorsOf([typed.ask.length === 0 && typed.ask_words !== '' && { text: 'Choose what is asked for', href: '#ask' }]),
];
