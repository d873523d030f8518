import { count, timeInWords } from '#libs/pages';
import type { OtherSession } from './pg-session-store.js';
import type { Person } from './session.js';

/** Where somebody is signed in at a site: here, and elsewhere. */
export function sessionsPage({ signedInAt }: Person, others: readonly OtherSession[], { isEnded, csrf }: { isEnded: boolean; csrf: string }) {
  return {
    title: 'Where you are signed in',
    // An address alone claims nothing that did not happen.
    done: isEnded && others.length === 0 ? 'You are signed in here alone.' : undefined,
    here: `Here, since ${timeInWords(new Date(signedInAt).toISOString())}.`,
    summary: others.length === 0 ? 'Nowhere else.' : `${count(others.length, 'other browser')}:`,
    others: others.map(({ beganAt, seenAt }) => `signed in ${timeInWords(beganAt)}, last used ${timeInWords(seenAt)}`),
    csrf,
  };
}
