interface Page<Item> {
  items: Item[];
  next: string | null;
}

/** All of a list that a service gives by the page. */
export async function everyPage<Item>(ask: (question: Record<string, string>) => Promise<Page<Item>>): Promise<Item[]> {
  const found: Item[] = [];
  for (let after: string | null = ''; after !== null; ) {
    const { items, next }: Page<Item> = await ask({ limit: '200', ...(after && { after }) });
    found.push(...items);
    after = next;
  }
  return found;
}
