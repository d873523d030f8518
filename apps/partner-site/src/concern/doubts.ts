// By its file: the lib as a whole reads extracts, which a site has nothing to do with.
import { nhsNumberIsValid } from '../../../../libs/extract/src/nhs-number.js';
import { isAboutOneself } from './about-oneself.js';
import { withoutKind } from './besides.js';
import { canBeFound, digits } from './errors.js';
import type { Step } from './steps.js';
import type { TextName, Typed } from './typed.js';

/** Something to look at again. It keeps nobody from going on, and what was typed is kept as it is. */
export interface Doubt {
  name: TextName;
  text: string;
}

const emailLike = /^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/;

/** As people write them, with what belongs to one: an extension, a bracket, a plus. */
const isPhoneLike = (typed: string): boolean => {
  const count = typed.replaceAll(/\D/g, '').length;
  return count >= 10 && count <= 20;
};

/** As people say it: 80, about 75, in her eighties. */
const ageLike = /\d|teen|twent|thirt|fort|fift|sixt|sevent|eight|ninet|hundred/i;

const looks: Partial<Record<TextName, { isLike: (typed: string) => boolean; text: string }>> = {
  nhs_number: { isLike: (typed) => nhsNumberIsValid(digits(typed)), text: 'This does not look like an NHS number, which has 10 digits that check each other. If it is all you have, leave it: we keep it as you typed it' },
  age: { isLike: (typed) => ageLike.test(typed), text: 'This does not look like an age, such as 80 or about 80. If it is all you know, leave it' },
  email: { isLike: (typed) => emailLike.test(typed), text: 'This does not look like an email address, such as name@example.org. If it is right, leave it' },
  phone: { isLike: isPhoneLike, text: 'This does not look like a telephone number, such as 01604 000 000. If it is right, leave it' },
};

/** What was typed in a step that does not look like what was asked for. */
export function unlikelyIn(answers: Typed, names: readonly string[]): Doubt[] {
  return Object.entries(looks).flatMap(([name, look]) => {
    const typed = answers[name as TextName];
    return names.includes(name) && typed !== '' && !look.isLike(typed) ? [{ name: name as TextName, text: look.text }] : [];
  });
}

/** The same, and what a concern cannot be sent without, or an answer lacks, where its step was left without it. */
export function doubtsIn(step: Step, answers: Typed, names: readonly string[]): Doubt[] {
  return [...missingIn(step, answers), ...unlikelyIn(answers, names)];
}

function missingIn({ name }: Step, answers: Typed): Doubt[] {
  if (name === 'harm') return withoutKind(answers).map(({ kind, ordinal }) => ({ name: kind, text: `${ordinal}: say what kind it is, or leave the row empty` }));
  if (name === 'what-happened' && answers.worry === '') return [{ name: 'worry', text: 'We need to know what worries you before you can send this, even if it is only a few words' }];
  if (name === 'wishes' && answers.wishes === 'asked_and_expressed' && answers.wishes_words === '') return [{ name: 'wishes_words', text: 'You say that they told somebody what they want. Write here what it is, if you know it' }];
  if (canBeFound(answers)) return [];
  if (name === 'person' && isAboutOneself(answers)) return [{ name: 'given_name', text: 'Tell us one way to find you: your name, or where you live. If you would rather not, we need a way to reach you, in step 7' }];
  if (name === 'person') return [{ name: 'given_name', text: 'Tell us one way to find the person: a name, where they live, or how to reach them. If you cannot, we need a way to reach you, in step 7' }];
  return name === 'you' ? [{ name: 'email', text: 'Before you can send this, we need one way to find the person, or one way to reach you' }] : [];
}
