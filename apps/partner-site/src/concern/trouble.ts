/** Why a page comes back, other than its fields. */
export type Trouble = 'triage-away' | 'away' | 'stale' | 'closed' | 'changed-after-sending' | 'not-understood' | 'sender-changed' | 'not-in-your-name';

/** What is said then; a telephone number stands below it. */
export const troubles: Record<Trouble, { title: string; text: string }> = {
  'triage-away': { title: 'Your concern has not been sent', text: 'Our system does not answer. Your answers are still below: try again in a few minutes, or ring us.' },
  away: { title: 'What you typed has not been kept', text: 'Our system does not answer. What you typed is still below: try again in a few minutes, or ring us.' },
  stale: { title: 'Send it once more', text: 'The page was open for too long, or your browser refused a cookie. What you typed is still there.' },
  closed: { title: 'Your earlier answers had been closed', text: 'You were away for too long, or left by “Exit this page”. What you typed last is kept below. If you had saved your answers before, your return code still opens them.' },
  'changed-after-sending': { title: 'You have sent this form before', text: 'The answers below differ from those that you sent. To send them as well, as another concern, send again.' },
  'sender-changed': { title: 'Your concern has not been sent', text: 'Whether you are signed in has changed since you opened this page. To send it in your organisation’s name, sign in first, in another tab; to send it as it is, send it now.' },
  'not-in-your-name': { title: 'Your concern has not been sent', text: 'It could not be sent in your name. Sign out in another tab and send it again, or ring us.' },
  'not-understood': { title: 'Your concern has not been sent', text: 'Something in the answers could not be taken. Check them and send again, or ring us.' },
};
