import { type FormError, messagesByField } from '#libs/pages';
import { paths } from '../paths.js';
import type { Choice } from './choices.js';
import { answerInWords, type Field, idOf } from './field.js';
import { before, type Step, steps } from './steps.js';
import { type Trouble, troubles } from './trouble.js';
import type { Typed } from './typed.js';

interface Around {
  errors: FormError[];
  trouble?: Trouble;
  csrf: string;
  phone: string;
  /** It was opened from the answers, and leads back there. */
  isChange: boolean;
}

/** How many pages there are up to sending. */
export const pageCount = steps.length + 1;

/** What a step shows: its questions with what was answered, what is wrong with it, and why it came back. */
export function stepPage(step: Step, answers: Typed, { errors, trouble, csrf, phone, isChange }: Around) {
  const number = steps.indexOf(step) + 1;
  const messages = messagesByField(errors);
  const shown = (field: Field) => ({ kind: field.kind, params: { ...paramsOf(field, answers, messages[idOf(field)]), errorMessage: messages[idOf(field)] } });
  const previous = before(step);
  return {
    title: `Step ${number} of ${pageCount}: ${step.title}`,
    heading: step.title,
    caption: `Step ${number} of ${pageCount}`,
    here: paths.newConcern(),
    action: paths.step(step.name, { isChange }),
    back: isChange ? { href: paths.check(), text: 'Back to your answers' } : { href: previous ? paths.step(previous.name) : paths.home(), text: 'Back' },
    lead: step.lead,
    rightDoor: step.rightDoor,
    errors,
    trouble: trouble && troubles[trouble],
    csrf,
    phone,
    fields: step.fields.map(shown),
    more: step.more && { title: step.more.title, fields: step.more.fields.map(shown), isOpen: step.more.fields.some((field) => messages[idOf(field)] || answerInWords(field, answers) !== '') },
  };
}

/** A question as its component wants it. */
function paramsOf(field: Field, answers: Typed, wrong: object | undefined) {
  const hint = field.hint === undefined ? undefined : { text: field.hint };
  const [label, legend] = [{ text: field.label, classes: 'govuk-label--s' }, { legend: { text: field.label, classes: 'govuk-fieldset__legend--s' } }];
  if (field.kind === 'born') return { id: 'dob', fieldset: legend, hint, items: birthItems(answers, wrong !== undefined) };
  const { name } = field;
  switch (field.kind) {
    case 'line':
      return { id: name, name, label, hint, value: answers[field.name], classes: field.width && `govuk-input--width-${field.width}`, ...field.input };
    case 'words':
      return { id: name, name, label, hint, value: answers[field.name], rows: field.rows ?? 3 };
    case 'choose':
      return { id: name, name, label, hint, items: [{ value: '', text: 'Choose, if you know' }, ...field.choices].map((item) => ({ ...item, selected: item.value === answers[field.name] })) };
    case 'one':
      return { idPrefix: name, name, classes: field.isInline ? 'govuk-radios--inline' : 'govuk-radios--small', fieldset: legend, hint, items: checked(field.choices, [answers[field.name]]) };
    default:
      return { idPrefix: name, name, classes: 'govuk-checkboxes--small', fieldset: legend, hint, items: checked(field.choices, answers[field.name]) };
  }
}

const checked = (choices: Choice[], chosen: string[]) => choices.map((item) => ({ ...item, checked: chosen.includes(item.value) }));

function birthItems(answers: Typed, isWrong: boolean) {
  const item = (part: 'day' | 'month' | 'year', width: number) => ({
    id: `dob-${part}`,
    name: `dob_${part}`,
    label: part.charAt(0).toUpperCase() + part.slice(1),
    value: answers[`dob_${part}`],
    classes: `govuk-input--width-${width}${isWrong ? ' govuk-input--error' : ''}`,
  });
  return [item('day', 2), item('month', 2), item('year', 4)];
}
