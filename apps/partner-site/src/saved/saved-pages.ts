import { dayOf, type FormError, messagesByField } from '#libs/pages';
import { isAboutOneself } from '../concern/about-oneself.js';
import { isInDanger } from '../concern/danger.js';
import type { Locked, Open } from '../draft/draft-here.js';
import { codeInGroups } from '../draft/secret.js';
import { paths } from '../paths.js';

interface Around {
  csrf: string;
  phone: string;
}

/** The code that opens saved answers, and how long it does. */
export const savePage = ({ code, endsAt, next, answers }: Open, { siteUrl, csrf, phone }: Around & { siteUrl: string }) => ({
  title: 'Your answers are saved',
  here: paths.newConcern(),
  code: codeInGroups(code),
  address: `${siteUrl}${paths.saved()}`,
  until: dayOf(endsAt.toISOString()),
  goOnHref: paths.step(next),
  close: paths.close(),
  inDanger: isInDanger(answers),
  isOwn: isAboutOneself(answers),
  isSaved: true,
  phone,
  csrf,
});

/** Where the code is typed. */
export const savedPage = ({ code, errors, isClosed = false }: { code: string; errors: FormError[]; isClosed?: boolean }, { csrf, phone }: Around) => ({
  title: 'Go on with answers that you saved',
  here: paths.saved(),
  action: paths.saved(),
  code,
  errors,
  messages: messagesByField(errors),
  isClosed,
  startHref: paths.newConcern(),
  csrf,
  phone,
});

/** Other answers are open here: they are closed only where that is wanted, and can be come back to. */
export const insteadPage = ({ typed, open }: { typed: string; open: Open | Locked }, { csrf, phone }: Around) => ({
  title: 'Other answers are open here',
  here: paths.saved(),
  action: paths.saved(),
  typed,
  goOnHref: open === 'locked' ? undefined : paths.step(open.next),
  openCode: open === 'locked' ? undefined : codeInGroups(open.code),
  csrf,
  phone,
});
