import { type FormError, visitor } from '#libs/pages';
import { type Draft, senderNow } from '../draft/draft.js';
import { paths } from '../paths.js';
import { answersInWords } from './answers.js';
import { pageCount } from './step-page.js';
import { steps } from './steps.js';
import { type Trouble, troubles } from './trouble.js';

interface Around {
  errors: FormError[];
  trouble?: Trouble | undefined;
  csrf: string;
  phone: string;
}

/** All answers before they are sent, and in whose name. */
export function checkPage({ answers, note }: Draft, { errors, trouble = note, csrf, phone }: Around) {
  return {
    title: `Step ${pageCount} of ${pageCount}: Check your answers`,
    heading: 'Check your answers',
    caption: `Step ${pageCount} of ${pageCount}`,
    here: paths.newConcern(),
    action: paths.check(),
    saveHref: paths.save(),
    back: { href: paths.step(steps.at(-1)!.name), text: 'Back' },
    errors,
    trouble: trouble && troubles[trouble],
    csrf,
    phone,
    sender: senderNow(),
    senderName: visitor()?.name,
    sections: answersInWords(answers, { isChangeable: true }),
  };
}
