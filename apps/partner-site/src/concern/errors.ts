import type { FormError } from '#libs/pages';
import { paths } from '../paths.js';
import { isAboutOneself } from './about-oneself.js';
import { bornOn } from './born.js';
import { type Field, idOf, mostOf, namesOf } from './field.js';
import { fieldsOf, type Step, stepOf, steps } from './steps.js';
import type { Typed } from './typed.js';

/** What cannot be used as it was typed in a step, linked to its field. Nothing that is merely missing is wrong. */
export function errorsIn(step: Step, answers: Typed): FormError[] {
  return fieldsOf(step).flatMap((field) => {
    const text = wrongWith(field, answers);
    return text ? [{ text, href: `#${idOf(field)}` }] : [];
  });
}

/** What was typed at greater length than anybody takes: it is not even kept. */
export const tooLongIn = (step: Step, answers: Typed): boolean => fieldsOf(step).some((field) => isTooLong(field, answers));

/** As many characters as all answers together may have: nobody writes as much, and a program must not fill the database. */
const mostTogether = 60_000;

export const tooLongTogether = (answers: Typed): boolean => Object.values(answers).flat().join('').length > mostTogether;

/** What keeps a concern from being sent, linked to its step and field. */
export function errorsAtSending(answers: Typed): FormError[] {
  const missing = [
    answers.worry === '' && { text: 'Tell us what you are worried about, even if it is only a few words', href: '#worry' },
    !canBeFound(answers) && { text: 'Give us one way to find the person, or one way to reach you', href: '#given_name' },
  ];
  const found = [...missing.filter((error) => error !== false), ...steps.flatMap((step) => errorsIn(step, answers))];
  return found.map(({ text, href }) => ({ text, href: `${paths.step(stepOf(href.slice(1)).name, { isChange: true })}${href}` }));
}

function wrongWith(field: Field, answers: Typed): string | false {
  if (isTooLong(field, answers)) return `Shorten “${field.short ?? field.label}” to ${mostOf(field).toLocaleString('en-GB')} characters or fewer`;
  if (field.kind === 'born') return bornOn(answers) === 'wrong' && wrongWithBirth(answers);
  return false;
}

/** Only the year was given: there is another place for what is known then. */
export const isYearAlone = ({ dob_day, dob_month, dob_year }: Typed): boolean => /^\d{4}$/.test(dob_year) && `${dob_day}${dob_month}` === '';

const wrongWithBirth = (answers: Typed): string =>
  isYearAlone(answers) ? yearAlone(answers) : wrongWithDate(answers);

const yearAlone = (answers: Typed): string =>
  isAboutOneself(answers) ? 'If you do not want to give the whole date of birth, leave it empty and give about how old you are instead' : 'If you know only the year of birth, leave the date empty and give about how old they are instead';

const wrongWithDate = ({ dob_year }: Typed): string =>
  /^(?:\d{4})?$/.test(dob_year) ? 'Enter a real date of birth, such as 27 3 1941 or 27 March 1941, or leave it empty' : 'Write the year of birth with four digits, such as 1941';

const isTooLong = (field: Field, answers: Typed): boolean => namesOf(field).some((name) => [answers[name]].flat().some((answer) => answer.length > mostOf(field)));

/** Whether there is a way to find the person, or whoever writes. */
export function canBeFound(typed: Typed): boolean {
  const ways = [typed.given_name, typed.family_name, typed.address, typed.postcode, typed.nhs_number, typed.person_contact, typed.email, typed.phone];
  return ways.some((way) => way !== '');
}

/** A number as people write it, without what is between its digits. */
export const digits = (typed: string): string => typed.replaceAll(/[\s-]/g, '');
