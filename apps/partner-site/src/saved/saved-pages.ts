import { dayOf, type FormError, messagesByField } from '#libs/pages';
import type { DraftHere } from '../draft/draft-here.js';
import { codeInGroups } from '../draft/secret.js';
import { paths } from '../paths.js';

type Open = NonNullable<Awaited<ReturnType<DraftHere['find']>>>;

/** The code that opens saved answers, and how long it does. */
export const savePage = ({ code, endsAt, next }: Open, { siteUrl, csrf }: { siteUrl: string; csrf: string }) => ({
  title: 'Your answers are saved',
  here: paths.newConcern(),
  code: codeInGroups(code),
  address: `${siteUrl}${paths.saved()}`,
  until: dayOf(endsAt.toISOString()),
  goOnHref: paths.step(next),
  close: paths.close(),
  csrf,
});

/** Where the code is typed. */
export const savedPage = ({ code, errors }: { code: string; errors: FormError[] }, { csrf, phone }: { csrf: string; phone: string }) => ({
  title: 'Go on with answers that you saved',
  here: paths.saved(),
  action: paths.saved(),
  code,
  errors,
  messages: messagesByField(errors),
  startHref: paths.newConcern(),
  csrf,
  phone,
});
