/** A few wait for the group that is under way: what it costs to begin and to commit is then shared by more. */
const worthATransaction = 16;

/** A group that takes longer is slow. */
const slowMs = 100;

/** Nothing is kept of what a group came to, so that it may be done again in parts; the cause may be one's doing. */
export class Undone extends Error {
  override readonly name = 'Undone';
  constructor(cause: unknown) {
    super('nothing of this group was kept', { cause });
  }
}

/** Something that waits to be done with others, and whoever waits for it. */
interface Waiting<Item, Answer> {
  item: Item;
  resolve(answer: Answer): void;
  reject(error: unknown): void;
}

export interface GroupsOptions<Item, Answer> {
  /** Does a group. Each has its own answer, in their order; what this throws is everybody's who is in it, but `Undone`: then each half is done by itself. */
  work(items: Item[]): Promise<PromiseSettledResult<Answer>[]>;
  /** How many are done together at most. */
  size: number;
  /** How many groups may be under way, but for slow ones: whoever waits for somebody's lock holds up none of those who come after. */
  atOnce: number;
  /** What has to be the same of those that are done together. */
  kindOf?(item: Item): string;
  /** What must not be the same of two that are done together. */
  idOf?(item: Item): string | undefined;
}

/**
 * Does together what waits at the same time: what comes while a group is under way waits for the next. Nobody waits for
 * others to come: where nothing is under way, it is begun as soon as what has arrived is read.
 */
export class Groups<Item, Answer> {
  private waiting: Waiting<Item, Answer>[] = [];
  private underWay = 0;
  private isBeginning = false;

  constructor(private readonly options: GroupsOptions<Item, Answer>) {}

  /** What one comes to, alone or with others. */
  do(item: Item): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.beginSoon();
    });
  }

  private beginSoon(): void {
    const { atOnce, size } = this.options;
    if (this.isBeginning || this.underWay >= atOnce) return;
    if (this.underWay > 0 && this.waiting.length < Math.min(size, worthATransaction)) return;
    this.isBeginning = true;
    setImmediate(() => {
      this.isBeginning = false;
      void this.begin();
    });
  }

  private async begin(): Promise<void> {
    const group = this.next();
    if (group.length === 0) return;
    this.underWay += 1;
    let counts = true;
    const makeRoom = (): void => {
      if (counts) this.underWay -= 1;
      counts = false;
      if (this.waiting.length > 0) this.beginSoon();
    };
    const late = setTimeout(makeRoom, slowMs);
    if (this.waiting.length > 0) this.beginSoon();
    await this.settle(group);
    clearTimeout(late);
    makeRoom();
  }

  /** Whoever has waited longest, and those after them who may go with them. */
  private next(): Waiting<Item, Answer>[] {
    const { size, kindOf, idOf } = this.options;
    const group: Waiting<Item, Answer>[] = [];
    const left: Waiting<Item, Answer>[] = [];
    const ids = new Set<string>();
    const kind = this.waiting[0] && kindOf?.(this.waiting[0].item);
    for (const one of this.waiting) {
      const id = idOf?.(one.item);
      const mayGo = group.length < size && kindOf?.(one.item) === kind && (id === undefined || !ids.has(id));
      if (mayGo && id !== undefined) ids.add(id);
      (mayGo ? group : left).push(one);
    }
    this.waiting = left;
    return group;
  }

  private async settle(group: Waiting<Item, Answer>[]): Promise<void> {
    try {
      const answers = await this.options.work(group.map(({ item }) => item));
      for (const [at, { resolve, reject }] of group.entries()) {
        const answer = answers[at]!;
        if (answer.status === 'fulfilled') resolve(answer.value);
        else reject(answer.reason);
      }
    } catch (error) {
      if (!(error instanceof Undone)) return group.forEach(({ reject }) => reject(error));
      if (group.length === 1) return group[0]!.reject(error.cause);
      const middle = group.length >> 1;
      await this.settle(group.slice(0, middle));
      await this.settle(group.slice(middle));
    }
  }
}
