import { ServiceUnavailable } from '#libs/pages';
// By its file: the lib as a whole brings journals, which a site has nothing to do with.
import { seal, unseal } from '../../../../libs/journal/src/keys/seal.js';
import { closesAt, type Draft, endOf, opened, readDraft } from './draft.js';
import type { DraftRow, DraftRows } from './draft-rows.js';
import { type Held, openingMs } from './held.js';
import { codeOf, newSecret, placeOf } from './secret.js';

const mostTries = 5;

/** A draft with the time at which it is deleted. */
export type Kept = Draft & { endsAt: Date };

interface Read {
  row: DraftRow;
  draft: Draft;
}

/** Drafts, each under the secret of the browser that has it open or the return code that follows from it, and otherwise closed to everybody. */
export class Drafts {
  /** As was found last. */
  private bytes = 0;

  constructor(
    private readonly rows: DraftRows,
    private readonly now: () => number,
    /** What they may come to together: whatever else is in the database must go on. */
    private readonly mostBytes: number,
  ) {}

  async find(held: Held): Promise<Kept | undefined> {
    const found = await this.open(held);
    return found && kept(found);
  }

  /** Keeps a new one, and gives its secret. */
  async begin(draft: Draft): Promise<{ secret: string; draft: Kept }> {
    this.needRoom(this.mostBytes);
    if (draft.isSaved) this.needRoom(this.mostSavedBytes);
    const secret = newSecret();
    const row = this.sealed(codeOf(secret), draft);
    await this.rows.add(row);
    return { secret, draft: kept({ row, draft }) };
  }

  /** Changes one as it then is, however many pages do so at once. Undefined where there is none, or none came of it. */
  async change(held: Held, how: (draft: Draft) => Draft | undefined): Promise<Kept | undefined> {
    for (let tried = 0; tried < mostTries; tried += 1) {
      const found = await this.open(held);
      const draft = found && how(found.draft);
      if (!draft) return undefined;
      if (draft.isSaved && !found.draft.isSaved) this.needRoom(this.mostSavedBytes);
      const row = this.sealed(codeOf(held.secret), draft);
      if (await this.rows.exchange(found.row, row)) return kept({ row, draft });
    }
    throw new ServiceUnavailable('drafts');
  }

  /** What a browser is given in which a return code was typed; undefined where it opens nothing. Nothing is moved yet: what it is given may not arrive. */
  async promise(code: string): Promise<Held | undefined> {
    const found = await this.read(code);
    return found && !found.draft.sent ? { secret: newSecret(), opening: { code, at: this.now() } } : undefined;
  }

  async forget(secret: string): Promise<void> {
    await this.rows.remove(placeOf(codeOf(secret)).id);
  }

  /** Deletes those whose time is over, and says how many bytes the others come to. */
  async clear(): Promise<{ bytes: number; isHalfFull: boolean }> {
    this.bytes = await this.rows.clear(new Date(this.now()));
    return { bytes: this.bytes, isHalfFull: this.bytes >= this.mostSavedBytes };
  }

  /** What is kept for weeks takes half of the room at most: whoever fills it on purpose keeps nobody from the form for longer than hours. */
  private get mostSavedBytes(): number {
    return this.mostBytes / 2;
  }

  private needRoom(mostBytes: number): void {
    if (this.bytes >= mostBytes) throw new ServiceUnavailable('drafts', { cause: new Error('there are too many') });
  }

  /** As the browser has it that holds its secret: not for long after the last answer. */
  private async open({ secret, opening }: Held): Promise<Read | undefined> {
    const found = await this.read(codeOf(secret));
    if (found) return this.now() < closesAt(kept(found)).getTime() ? found : undefined;
    return opening && this.now() < opening.at + openingMs ? this.move(opening.code, secret) : undefined;
  }

  /** The answers go to the browser that came back with what it was given for their code: from now on the code opens nothing, nor does the secret of whatever browser had them open. */
  private async move(code: string, secret: string): Promise<Read | undefined> {
    for (let tried = 0; tried < mostTries; tried += 1) {
      const found = await this.read(code);
      // Gone, or another page of this browser was faster.
      if (!found || found.draft.sent) return this.read(codeOf(secret));
      const draft = opened(found.draft);
      const row = this.sealed(codeOf(secret), draft);
      if (await this.rows.exchange(found.row, row)) return { row, draft };
    }
    throw new ServiceUnavailable('drafts');
  }

  private async read(code: string): Promise<Read | undefined> {
    const { id, key } = placeOf(code);
    const row = await this.rows.find(id, new Date(this.now()));
    return row && { row, draft: readDraft(unseal(key, shelf(id), row.content).toString('utf8')) };
  }

  private sealed(code: string, draft: Draft): DraftRow {
    const { id, key } = placeOf(code);
    return { id, content: seal(key, shelf(id), JSON.stringify(draft)), endsAt: endOf(draft, this.now()) };
  }
}

const kept = ({ row, draft }: Read): Kept => ({ ...draft, endsAt: row.endsAt });

/** What a row's content is bound to. */
const shelf = (id: Buffer): string => `draft/${id.toString('hex')}`;
