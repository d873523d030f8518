import type { StepName } from './concern/steps.js';

/** Every address of this site. None of them ever names anybody, or holds an answer. */
export const paths = {
  home: () => '/',
  newConcern: () => '/concerns/new',
  /** `isChange`: leads back to the answers when it is done; `isAgain`: it was just sent, and says what is to be looked at again. */
  step: (name: StepName, { isChange = false, isAgain = false } = {}) => withQuery(`/concerns/new/${name}`, { ...(isChange && { change: 'yes' }), ...(isAgain && { look: 'again' }) }),
  check: () => '/concerns/new/check',
  stay: () => '/concerns/new/stay',
  save: () => '/concerns/new/save',
  /** Where a draft was left that was opened by its code. */
  goOn: () => '/concerns/new/go-on',
  close: () => '/concerns/new/close',
  forget: () => '/concerns/new/forget',
  /** `isClosed`: what was open was just closed on this device. */
  saved: ({ isClosed = false } = {}) => `/concerns/saved${isClosed ? '?closed=yes' : ''}`,
  receipt: () => '/concerns/receipt',
  copy: () => '/concerns/receipt/copy',
  receiptFiles: () => '/concerns/receipt/files',
  follow: () => '/concerns/follow',
  followCode: () => '/concerns/follow/code',
  followed: () => '/concerns/follow/news',
  followedFiles: () => '/concerns/follow/files',
  followedMore: () => '/concerns/follow/more',
  followEnd: () => '/concerns/follow/end',
  raised: (page = 1) => (page > 1 ? `/concerns/raised?page=${page}` : '/concerns/raised'),
  raisedFiles: (id: string) => `/concerns/raised/${encodeURIComponent(id)}/files`,
  raisedMore: (id: string) => `/concerns/raised/${encodeURIComponent(id)}/more`,
  /** `from`: a step to come back to. */
  isThisSafeguarding: (from?: StepName) => withFrom('/is-this-safeguarding', from),
  easyRead: (from?: StepName) => withFrom('/easy-read', from),
  /** `to`: where somebody goes on once they are signed in. */
  signIn: (to?: string) => (to ? `/sign-in?${new URLSearchParams({ to })}` : '/sign-in'),
  exit: () => '/exit',
};

const withQuery = (path: string, query: Record<string, string>): string => (Object.keys(query).length > 0 ? `${path}?${new URLSearchParams(query)}` : path);

const withFrom = (path: string, from: StepName | undefined): string => (from ? `${path}?from=${from}` : path);
