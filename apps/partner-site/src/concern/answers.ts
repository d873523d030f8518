import { paths } from '../paths.js';
import { askedOf } from './about-oneself.js';
import { answerInWords, type Field, idOf } from './field.js';
import { fieldsOf, type Step, steps } from './steps.js';
import type { Typed } from './typed.js';

/** What was answered, step by step, as somebody reads it; each with a way to change it where it can be. */
export function answersInWords(answers: Typed, { isChangeable }: { isChangeable: boolean }) {
  return steps.map((one) => {
    const step = askedOf(one, answers);
    const answered = fieldsOf(step).flatMap((field) => {
      const text = answerInWords(field, answers);
      return text === '' ? [] : [row(step, field, { text, isChangeable })];
    });
    return { title: step.title, rows: answered, addHref: isChangeable ? paths.step(step.name, { isChange: true }) : undefined };
  });
}

function row(step: Step, field: Field, { text, isChangeable }: { text: string; isChangeable: boolean }) {
  const changeHref = isChangeable ? `${paths.step(step.name, { isChange: true })}#${idOf(field)}` : undefined;
  return { name: field.short ?? field.label, text, changeHref };
}
