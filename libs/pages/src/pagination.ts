export interface Pagination {
  items: ({ number: number; href: string; current: boolean } | { ellipsis: true })[];
  /** In words of its own where pages have no numbers. */
  previous?: { href: string; text?: string };
  next?: { href: string; text?: string };
}

/** The links below one page of a list: first, last, and those around this one. */
export function pagination(page: number, pages: number, hrefOf: (page: number) => string): Pagination {
  const near = [...new Set([1, page - 1, page, page + 1, pages])].filter((number) => number >= 1 && number <= pages);
  const items = near.flatMap((number, index): Pagination['items'] => {
    const link = { number, href: hrefOf(number), current: number === page };
    return number - (near[index - 1] ?? 0) > 1 ? [{ ellipsis: true }, link] : [link];
  });
  return {
    items,
    ...(page > 1 && { previous: { href: hrefOf(page - 1) } }),
    ...(page < pages && { next: { href: hrefOf(page + 1) } }),
  };
}
