import { type FormError, listInWords, messagesByField, timeInWords } from '#libs/pages';
import { yesNoNotSure } from '../concern/choices.js';
import { wantedFrom, wantedInWords } from '../concern/receipt.js';

/** A concern to which whoever raised it writes more, as `triage` tells it to them. */
export interface Told {
  reference: string;
  /** What is asked for. */
  missing: string[];
  told: { at: string; what: string[]; inDanger?: string | undefined }[];
  isDecided: boolean;
  /** They told of themselves. */
  isOwn: boolean;
}

/** What somebody writes of it: what of what is asked for they answer, and whether they say that somebody is in danger now. */
export interface More {
  what: string[];
  words: string;
  inDanger?: string | undefined;
}

interface Around {
  /** It takes nothing any more: what somebody says of danger tells nobody. */
  isTakenBack: boolean;
  here: string;
  back: { href: string; text: string };
  phone: string;
  csrf: string;
  key: string;
  errors: FormError[];
  typed: More;
}

/** When they wrote more, without the words: somebody else may look at the page next. */
export const toldInWords = ({ told, isOwn }: Pick<Told, 'told' | 'isOwn'>): string[] =>
  told.map(({ at, what }) => {
    const answered = what.flatMap((item) => wantedFrom({ isOwn })[item] ?? []);
    return `You wrote to us on ${timeInWords(at)}${answered.length > 0 ? `: ${listInWords(answered)}` : ''}.`;
  });

/** Asked for by a question of its own, and never by a tick. */
const ownQuestion = 'immediate_risk';

/** What was asked for, with a box to answer it, and to write whatever else somebody knows; undefined: nobody can tell now what was asked. Whether somebody is in danger is asked whatever is known: it may have begun since. */
export function morePage(concern: Told | undefined, { errors, typed, ...around }: Around) {
  const { reference, missing = [], told = [], isDecided = false, isOwn = false } = concern ?? {};
  const words = wantedFrom({ isOwn });
  const items = isDecided ? [] : missing.flatMap((item) => (words[item] && item !== ownQuestion ? [{ value: item, text: words[item], checked: typed.what.includes(item) }] : []));
  return {
    title: !isDecided && wantedInWords(missing, { isOwn }) ? 'Answer, or tell us more' : 'Tell us more',
    caption: reference && `Your concern ${reference}`,
    told: toldInWords({ told, isOwn }),
    isOwn,
    wanted: isDecided ? undefined : wantedInWords(missing, { isOwn }),
    isDecided,
    items,
    danger: yesNoNotSure.map((choice) => ({ ...choice, checked: typed.inDanger === choice.value })),
    inDanger: typed.inDanger === 'yes' || (errors.length === 0 && told.at(-1)?.inDanger === 'yes'),
    isTold: typed.inDanger !== 'yes',
    words: typed.words,
    errors,
    messages: messagesByField(errors),
    ...around,
  };
}
