import { paths } from '../paths.js';

/** What is shown where a draft was expected and none is open in this browser. */
export const nonePage = (phone: string) => ({
  title: 'Your answers are not open here',
  here: paths.newConcern(),
  phone,
  startHref: paths.newConcern(),
  savedHref: paths.saved(),
});
