/** Why a page comes back, other than its fields. */
export type Trouble = keyof typeof troubles;

interface Said {
  title: string;
  text: string;
}

const notSent = 'Your concern has not been sent';
const notKept = 'What you typed has not been kept';

const troubles = {
  'triage-away': { title: notSent, text: 'Our system does not answer. Your answers are still below: try again in a few minutes, or ring us.' },
  'too-many': { title: notSent, text: 'More is sent to us just now than we can take. Your answers are still below: wait {wait} and send it again, or ring us.' },
  'too-slow': { title: notSent, text: 'It took too long to reach us. Your answers are still below: wait {wait} and send it again, or ring us.' },
  'too-large': { title: notSent, text: 'Together your answers are longer than we can take. Shorten the longest and send it again, or ring us.' },
  away: { title: notKept, text: 'Our system does not answer. What you typed is still below: try again in a few minutes, or ring us.' },
  'too-many-begun': { title: notKept, text: 'More has been begun from here than people begin in an hour. What you typed is still below: wait {wait} and press Continue again, or ring us.' },
  'too-long': { title: notKept, text: 'Together your answers are longer than we can keep. What you typed is still below: shorten it, or ring us.' },
  stale: { title: 'Send it once more', text: 'The page was open for too long, or your browser refused a cookie. What you typed on this page is below, and not kept yet.' },
  'stale-and-open': { title: 'Send it once more', text: 'The page was open for too long. What you typed on this page is below, and not kept yet; your earlier answers are kept.' },
  'stale-and-closed': { title: 'Send it once more: your earlier answers are closed', text: 'You were away for too long, or your browser refused a cookie. Only what you typed on this page is still here, below; what you answered before is not. If you had saved that, its return code may still open it.' },
  closed: { title: 'Your earlier answers had been closed', text: 'You were away for too long, left by “Exit this page”, signed out, or opened them on another device. What you typed last is kept below. If you had saved your answers before, their return code may still open them.' },
  others: { title: 'Other answers are open here', text: 'They were begun in another tab or window of this browser, and have not been sent. What you typed is still below. Do you want to keep it with them, or in a concern of its own?' },
  locked: { title: 'You are not signed in as whoever began this', text: 'If it was you, sign in again in a new tab, come back to this one, and press Continue. What you typed is still below.' },
  'changed-after-sending': { title: 'You have sent this form before', text: 'The answers below differ from those that you sent. To send them as well, as another concern, send again.' },
  'sent-otherwise': { title: 'This may have been sent before', text: 'It was tried in another name or to another council, and no answer came. To send it all the same, as another concern, send again; or ring us and ask whether we have it.' },
  'sender-changed': { title: notSent, text: 'Whether you are signed in has changed since you opened this page. Look at what is below, and in whose name it is sent, and send it now.' },
  'not-in-your-name': { title: notSent, text: 'It could not be sent in your name. Save your answers, sign out, open them again with their return code and send them; or ring us.' },
  'not-understood': { title: notSent, text: 'Something in the answers could not be taken. Check them and send again, or ring us.' },
} as const satisfies Record<string, Said>;

/** What is said then; a telephone number stands below it. */
export function troubleInWords(trouble: Trouble, waitSeconds = 60): Said {
  const { title, text } = troubles[trouble];
  return { title, text: text.replace('{wait}', waitSeconds < 120 ? `${waitSeconds} seconds` : `${Math.ceil(waitSeconds / 60)} minutes`) };
}
