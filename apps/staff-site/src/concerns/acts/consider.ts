import { type Act, errorsOf, type Form } from './act.js';
import { askable, noticeChosen, noticed, notSaid } from './ask.js';
import { decisionOf, judgementOf, judgingFields, judgingFieldsByCode, overJudging, typedIn, unplacedIn } from './judging.js';

/** Keeps what can be told so far and asks for the rest; the other button of the form on which a concern is decided. */
export const consider: Act = {
  name: 'consider',
  command: 'ConsiderLimbs',
  needs: 'concern.triage',
  link: 'Keep what can be told so far',
  title: 'Decide this concern',
  button: 'Keep this for now',
  done: 'Everything that you put down is kept. Nothing is decided, and the clocks go on.',
  doneFor: (concern) => `Everything that you put down is kept. Nothing is decided, and the clocks go on.${concern.story.at(-1)?.type === 'MoreAskedFor' ? noticed(concern) : ''}`,
  tells: ['WishesRecorded', 'LimbsConsidered', 'MoreAskedFor'],
  fields: { ...judgingFieldsByCode, 'concern/nothing-considered': 'needs', 'concern/asking-unsaid': 'ask_words' },
  template: 'concern/decide.njk',
  ...overJudging,
  isBeside: true,
  form(concern, body): Form {
    const typed = typedIn(concern, body);
    const ask = askable(typed.ask);
    const payload = { ...judgementOf(concern, typed), leaning: decisionOf(typed), ...(ask.length > 0 ? { ask: { what: ask, ...(typed.ask_words && { message: typed.ask_words }), ...noticeChosen(concern, typed.notify) } } : {}) };
    const errors = [...unplacedIn(typed), ...errorsOf([ask.length === 0 && typed.ask_words !== '' && { text: 'Choose what is asked for', href: '#ask' }, ask.length > 0 && typed.ask_words === '' && { text: notSaid, href: '#ask_words' }])];
    return { errors, path: 'consider', payload, fields: judgingFields(concern, typed, body === undefined) };
  },
};
