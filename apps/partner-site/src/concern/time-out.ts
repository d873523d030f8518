import { count, scriptOf, timeInWords, visitor } from '#libs/pages';
import { mostIdleMs } from '#libs/sign-in';
import { closesAt } from '../draft/draft.js';
import type { Kept } from '../draft/drafts.js';
import { paths } from '../paths.js';

/** Tells whoever writes in time; see its file. */
export const timeOutScript = scriptOf('partner-site', 'time-out');

/** So long before, somebody is asked whether they go on. */
const warnSeconds = 5 * 60;

/** When a draft closes, as its page says it: in a sentence, and, where a browser runs the script, in time to go on. */
export function timeOut(draft: Kept | undefined, now: number) {
  return { closing: inWords(draft), ...(draft && { timeOut: warning(draft, now) }) };
}

function inWords(draft: Kept | undefined): string {
  const when = draft ? `on ${timeInWords(closesAt(draft).toISOString())}, unless you answer more before then` : 'four hours after the last one';
  const session = visitor() ? ` You are signed out after ${count(mostIdleMs / 60_000, 'minute')} without a page, and can go on once you have signed in again.` : '';
  const sooner = visitor() ? 'if you close the browser, or sign out' : 'if you close the browser, or exit this page';
  if (draft?.isSaved) return `Your answers are saved: their return code opens them for 28 days. On this device they are closed ${when}, and sooner ${sooner}.${session}`;
  return `Your answers are deleted ${when}. They are gone sooner ${sooner}.${session} Save them to keep them for 28 days.`;
}

/** Whoever is signed in is signed out before their answers close. What is on the page then stays there: they can sign in again in another tab. */
function warning(draft: Kept, now: number) {
  const closesInMs = closesAt(draft).getTime() - now;
  const isSession = visitor() !== undefined && mostIdleMs < closesInMs;
  const inMs = isSession ? mostIdleMs : closesInMs;
  const ending = draft.isSaved ? 'closed on this device' : 'deleted';
  const when = timeInWords(new Date(now + inMs).toISOString());
  return {
    script: timeOutScript.path,
    seconds: Math.floor(inMs / 1_000),
    warnSeconds,
    leadsTo: isSession ? undefined : paths.check(),
    title: isSession ? 'You are about to be signed out' : `Your answers are about to be ${ending}`,
    text: isSession ? `You are signed out on ${when}, because no page was opened for a while. To stay signed in, go on now.` : `They are ${ending} on ${when}, because nothing was answered for a while. To keep them open, go on now.`,
  };
}
