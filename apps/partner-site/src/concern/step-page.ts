import { type FormError, messagesByField, visitor } from '#libs/pages';
import type { Kept } from '../draft/drafts.js';
import { paths } from '../paths.js';
import { askedOf, isAboutOneself } from './about-oneself.js';
import type { Choice } from './choices.js';
import { isInDanger } from './danger.js';
import { type Doubt, unlikelyIn } from './doubts.js';
import { isYearAlone } from './errors.js';
import { answerInWords, type Field, idOf } from './field.js';
import { answersIn, type Step, steps } from './steps.js';
import { type Own, withOwn } from './own.js';
import { timeOut } from './time-out.js';
import { type Trouble, troubleInWords } from './trouble.js';
import { readTyped, type Typed } from './typed.js';

/** Other answers that are open in the browser in which a step was sent: with their return code, unless they are not to be seen. */
export interface Others {
  code: string | undefined;
}

interface Around {
  answers: Typed;
  errors: FormError[];
  trouble?: Trouble;
  waitSeconds?: number;
  csrf: string;
  phone: string;
  /** It was opened from the answers, and leads back there. */
  isChange: boolean;
  /** The draft that the page is about, by its tag. */
  about: string;
  /** What is to be looked at again before going on. */
  doubts?: Doubt[];
  others?: Others;
  /** What is open, as it is now. */
  draft?: Kept;
  now: number;
  /** What is known of whoever is signed in, where the page would ask for it. */
  own?: Own | undefined;
}

/** How many pages there are up to sending. */
export const pageCount = steps.length + 1;

/** By which the buttons around a step's form belong to it. */
const formId = 'step';

/** What a step shows: its questions with what was answered, what is wrong with it, and why it came back. */
export function stepPage(one: Step, { answers, errors, trouble, waitSeconds, csrf, phone, isChange, about, doubts = [], others, draft, now, own: signedIn }: Around) {
  const told = { ...answers, whose: answers.whose || (draft?.answers.whose ?? '') };
  const step = askedOf(one, told);
  // Nobody tells of themselves for an organisation.
  const own = signedIn && isAboutOneself(told) ? { name: signedIn.name } : signedIn;
  const asked = questionsOf(step, own);
  const number = steps.indexOf(one) + 1;
  const messages = messagesByField(errors);
  const hints = Object.fromEntries([...unlikelyIn(answers, answersIn(one)), ...doubts].map(({ name, text }) => [name, text]));
  const again = doubts.map(({ name, text }) => ({ text, href: `#${name}` }));
  const shown = (field: Field) => ({ kind: field.kind, params: { ...paramsOf(field, answers, { wrong: messages[idOf(field)], doubt: hints[idOf(field)] }), errorMessage: messages[idOf(field)] } });
  return {
    title: `${doubts.length > 0 && errors.length === 0 ? 'Look again: ' : ''}Step ${number} of ${pageCount}: ${step.title}`,
    heading: step.title,
    caption: `Step ${number} of ${pageCount}`,
    here: paths.newConcern(),
    action: paths.step(step.name, { isChange }),
    keeps: formId,
    backText: isChange ? 'Back to your answers' : 'Back',
    isOwn: isAboutOneself(told),
    inDanger: isInDanger(draft?.answers) && step.name !== 'safety',
    lead: step.name === 'you' ? leadForYou(step, own) : step.lead,
    rightDoor: step.rightDoor,
    // What is to be looked at again stands with what is wrong, in one list.
    errors: errors.length > 0 ? [...errors, ...again] : [],
    doubts: errors.length > 0 ? [] : again,
    doubted: doubts.map(({ name }) => name).join(' '),
    trouble: trouble && troubleInWords(trouble, waitSeconds),
    others,
    signInHref: paths.signIn(paths.newConcern()),
    csrf,
    about,
    phone,
    ...timeOut(draft, now),
    fields: asked.fields.map(shown),
    folds: (asked.folds ?? []).map(({ title, fields }) => ({ title, fields: fields.map(shown), isOpen: fields.some((field) => messages[idOf(field)] || !isKnown(field, answers, own) || (idOf(field) === 'age' && errors.length > 0 && isYearAlone(answers))) })),
  };
}

/** Whoever is signed in sees what is used of them. */
function leadForYou({ lead }: Step, own: Own | undefined): string {
  const who = visitor();
  if (who && own?.organisation) return `You are signed in as ${who.name}, ${own.organisation.name}. We use that unless you change it below.`;
  return who ? `You are signed in as ${who.name}. We use that name unless you write another.` : lead;
}

const ofOneself: readonly string[] = ['referrer_name', 'referrer_type', 'organisation'];
const isOfOneself = (field: Field): boolean => ofOneself.includes(idOf(field));

/** Nobody is asked what is known: it stands where it can be changed. */
function questionsOf({ fields, folds = [] }: Step, own: Own | undefined): Pick<Step, 'fields' | 'folds'> {
  if (!own?.organisation || folds.length === 0) return { fields, folds };
  const known = [...fields.filter(isOfOneself), ...folds.flatMap((fold) => fold.fields)];
  return { fields: fields.filter((field) => !isOfOneself(field)), folds: [{ title: 'Change your name or organisation, or add your own reference number', fields: known }] };
}

/** Whether nothing is in a field but what is known anyway. */
function isKnown(field: Field, answers: Typed, own: Own | undefined): boolean {
  const answer = answerInWords(field, answers);
  return answer === '' || (own?.organisation !== undefined && isOfOneself(field) && answer === answerInWords(field, withOwn(readTyped({}), own)));
}

/** A question as its component wants it. */
function paramsOf(field: Field, answers: Typed, { wrong, doubt }: { wrong: object | undefined; doubt: string | undefined }) {
  const said = [doubt, field.hint].filter((text) => text !== undefined);
  const hint = said.length === 0 ? undefined : { text: said.join('. '), ...(doubt !== undefined && { classes: 'cw-doubt' }) };
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
  return [item('day', 2), item('month', 4), item('year', 4)];
}
