/** Every address of this site. None of them ever names anybody. */
export const paths = {
  home: () => '/',
  newConcern: () => '/concerns/new',
  raised: (page = 1) => (page > 1 ? `/concerns/raised?page=${page}` : '/concerns/raised'),
  receipt: () => '/concerns/receipt',
};
