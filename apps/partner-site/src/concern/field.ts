import { dayInWords, listInWords } from '#libs/pages';
import { bornOn } from './born.js';
import type { Choice } from './choices.js';
import type { ListName, Name, TextName, Typed } from './typed.js';

interface Asked {
  label: string;
  hint?: string;
  /** What it is called beside its answer. */
  short?: string;
}

/** One question of the form. */
export type Field = Asked &
  (
    | { kind: 'line'; name: TextName; width?: 5 | 10 | 20; input?: { type?: string; autocomplete?: string; inputmode?: string; spellcheck?: false } }
    | { kind: 'words'; name: TextName; rows?: number; most?: number }
    | { kind: 'one'; name: TextName; choices: Choice[]; isInline?: true }
    | { kind: 'choose'; name: TextName; choices: Choice[] }
    | { kind: 'few'; name: ListName; choices: Choice[] }
    | { kind: 'born' }
  );

const born = ['dob_day', 'dob_month', 'dob_year'] as const;

/** What is sent of it. */
export const namesOf = (field: Field): readonly Name[] => (field.kind === 'born' ? born : [field.name]);

/** Where it stands in its page. */
export const idOf = (field: Field): string => (field.kind === 'born' ? 'dob-day' : field.name);

/** As many characters as its answer may have: what the triage service takes. */
export function mostOf(field: Field): number {
  if (field.kind === 'words') return field.most ?? 20_000;
  return field.kind === 'line' ? 300 : 50;
}

/** Its answer as somebody reads it; none: empty. */
export function answerInWords(field: Field, answers: Typed): string {
  switch (field.kind) {
    case 'born': {
      const day = bornOn(answers);
      return day && day !== 'wrong' ? dayInWords(day) : born.map((name) => answers[name]).join(' ').trim();
    }
    case 'few':
      return listInWords(field.choices.filter(({ value }) => answers[field.name].includes(value)).map(({ text }) => text));
    case 'one':
    case 'choose':
      return chosen(field.choices, answers[field.name]);
    default:
      return answers[field.name];
  }
}

const chosen = (choices: Choice[], value: string): string => choices.find((choice) => choice.value === value)?.text ?? '';
