import { type FormError, listInWords, messagesByField, timeInWords } from '#libs/pages';
import { wantedInWords, wantedOf } from '../concern/receipt.js';

/** A concern to which whoever raised it writes more, as `triage` tells it to them. */
export interface Told {
  reference: string;
  /** What is asked for. */
  missing: string[];
  told: { at: string; what: string[] }[];
  isDecided: boolean;
}

interface Around {
  here: string;
  back: { href: string; text: string };
  phone: string;
  csrf: string;
  key: string;
  errors: FormError[];
  typed: { what: string[]; words: string };
}

/** When they wrote more, without the words: somebody else may look at the page next. */
export const toldInWords = (told: Told['told']): string[] =>
  told.map(({ at, what }) => {
    const answered = what.flatMap((item) => wantedOf[item] ?? []);
    return `You wrote to us on ${timeInWords(at)}${answered.length > 0 ? `: ${listInWords(answered)}` : ''}.`;
  });

/** What was asked for, with a box to answer it, and to write whatever else somebody knows; undefined: nobody can tell now what was asked. */
export function morePage(concern: Told | undefined, { errors, typed, ...around }: Around) {
  const { reference, missing = [], told = [], isDecided = false } = concern ?? {};
  const items = isDecided ? [] : missing.flatMap((item) => (wantedOf[item] ? [{ value: item, text: wantedOf[item], checked: typed.what.includes(item) }] : []));
  return {
    title: items.length > 0 ? 'Answer, or tell us more' : 'Tell us more',
    caption: reference && `Your concern ${reference}`,
    told: toldInWords(told),
    wanted: isDecided ? undefined : wantedInWords(missing),
    isDecided,
    items,
    words: typed.words,
    errors,
    messages: messagesByField(errors),
    ...around,
  };
}
