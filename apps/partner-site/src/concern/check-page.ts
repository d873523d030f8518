import { type FormError, visitor } from '#libs/pages';
import { senderNow } from '../draft/draft.js';
import type { Kept } from '../draft/drafts.js';
import { nameFor } from '../outside.js';
import { paths } from '../paths.js';
import { isAboutOneself } from './about-oneself.js';
import { answersInWords } from './answers.js';
import { councils } from './choices.js';
import { authorityOf, isAreaUnknown } from './concern-to-raise.js';
import { isInDanger } from './danger.js';
import { type Own, withOwn } from './own.js';
import { pageCount } from './step-page.js';
import { steps } from './steps.js';
import { timeOut } from './time-out.js';
import { type Trouble, troubleInWords } from './trouble.js';

interface Around {
  errors: FormError[];
  trouble?: Trouble | undefined;
  waitSeconds?: number;
  csrf: string;
  phone: string;
  now: number;
  own: Own;
}

/** All answers before they are sent, and in whose name. */
export function checkPage(draft: Kept, { errors, trouble = draft.note, waitSeconds, csrf, phone, now, own }: Around) {
  const { answers, tried } = draft;
  const said = withOwn(answers, own);
  // Tried before without a name, and perhaps taken: in a name it would be another concern.
  const isNameless = tried?.as === '' && nameFor(authorityOf(answers)) !== '';
  return {
    ...timeOut(draft, now),
    stay: paths.stay(),
    title: `Step ${pageCount} of ${pageCount}: Check your answers`,
    heading: 'Check your answers',
    caption: `Step ${pageCount} of ${pageCount}`,
    here: paths.newConcern(),
    action: paths.check(),
    save: paths.save(),
    back: { href: paths.step(steps.at(-1)!.name), text: 'Back' },
    inDanger: isInDanger(answers),
    dangerHref: answers.immediate_risk === '' ? `${paths.step('safety', { isChange: true })}#immediate_risk` : undefined,
    isOwn: isAboutOneself(answers),
    errors,
    trouble: trouble && troubleInWords(trouble, waitSeconds),
    csrf,
    phone,
    sender: senderNow(),
    senderName: visitor()?.name,
    senderFor: own.organisation && said.organisation,
    isNameless,
    council: councils[authorityOf(answers)],
    isAreaUnknown: isAreaUnknown(answers),
    sections: answersInWords(isNameless ? answers : said, { isChangeable: true }),
  };
}
