import type { StepName } from './concern/steps.js';

/** Every address of this site. None of them ever names anybody, or holds an answer. */
export const paths = {
  home: () => '/',
  newConcern: () => '/concerns/new',
  /** `isChange`: leads back to the answers when it is done. */
  step: (name: StepName, { isChange = false } = {}) => `/concerns/new/${name}${isChange ? '?change=yes' : ''}`,
  check: () => '/concerns/new/check',
  save: () => '/concerns/new/save',
  close: () => '/concerns/new/close',
  forget: () => '/concerns/new/forget',
  saved: () => '/concerns/saved',
  receipt: () => '/concerns/receipt',
  copy: () => '/concerns/receipt/copy',
  raised: (page = 1) => (page > 1 ? `/concerns/raised?page=${page}` : '/concerns/raised'),
  isThisSafeguarding: () => '/is-this-safeguarding',
  easyRead: () => '/easy-read',
  exit: () => '/exit',
};
