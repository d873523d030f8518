/** Every address of this site. None of them ever names anybody. */
export const paths = {
  home: () => '/',
  newConcern: () => '/concerns/new',
  receipt: () => '/concerns/receipt',
};
