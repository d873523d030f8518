import { ServiceUnavailable } from '#libs/pages';
// By its file: the lib as a whole brings journals, which a site has nothing to do with.
import { seal, unseal } from '../../../../libs/journal/src/vault.js';
import { copyMs, type Draft, keptMs, openMs, readDraft } from './draft.js';
import type { DraftRow, DraftRows } from './draft-rows.js';
import { codeOf, newSecret, placeOf } from './secret.js';

const mostTries = 5;

/** A draft with the time at which it is deleted. */
export type Kept = Draft & { endsAt: Date };

/** Drafts, each under the secret of the browser that has it open or the return code that follows from it, and otherwise closed to everybody. */
export class Drafts {
  constructor(
    private readonly rows: DraftRows,
    private readonly now: () => number,
  ) {}

  async find(secret: string): Promise<Kept | undefined> {
    const found = await this.open(secret);
    return found && { ...found.draft, endsAt: found.row.endsAt };
  }

  /** Keeps a new one, and gives its secret. */
  async begin(draft: Draft): Promise<string> {
    const secret = newSecret();
    await this.rows.add(this.sealed(codeOf(secret), draft), new Date(this.now()));
    return secret;
  }

  /** Changes one as it then is, however many pages do so at once. Undefined where there is none, or none came of it. */
  async change(secret: string, how: (draft: Draft) => Draft | undefined): Promise<Draft | undefined> {
    const code = codeOf(secret);
    for (let tried = 0; tried < mostTries; tried += 1) {
      const found = await this.open(secret);
      const draft = found && how(found.draft);
      if (!draft) return undefined;
      if (await this.rows.exchange(found.row, this.sealed(code, draft))) return draft;
    }
    throw new ServiceUnavailable('drafts');
  }

  /** Opens one by its return code, which is used up by that, as is the secret of whatever browser had it open. */
  async reopen(code: string, how: (draft: Draft) => Draft): Promise<{ secret: string; draft: Draft } | undefined> {
    const found = await this.read(code);
    if (!found || found.draft.sent) return undefined;
    const [secret, draft] = [newSecret(), how(found.draft)];
    return (await this.rows.exchange(found.row, this.sealed(codeOf(secret), draft))) ? { secret, draft } : undefined;
  }

  async forget(secret: string): Promise<void> {
    await this.rows.remove(placeOf(codeOf(secret)).id);
  }

  /** As the browser has it that holds its secret: not for long after the last answer. */
  private async open(secret: string): ReturnType<Drafts['read']> {
    const found = await this.read(codeOf(secret));
    if (!found || found.draft.sent) return found;
    const answeredAt = found.row.endsAt.getTime() - keptMs;
    return this.now() < answeredAt + openMs ? found : undefined;
  }

  private async read(code: string): Promise<{ row: DraftRow; draft: Draft } | undefined> {
    const { id, key } = placeOf(code);
    const row = await this.rows.find(id, new Date(this.now()));
    return row && { row, draft: readDraft(unseal(key, shelf(id), row.content).toString('utf8')) };
  }

  private sealed(code: string, draft: Draft): DraftRow {
    const { id, key } = placeOf(code);
    return { id, content: seal(key, shelf(id), JSON.stringify(draft)), endsAt: new Date(this.now() + (draft.sent ? copyMs : keptMs)) };
  }
}

/** What a row's content is bound to. */
const shelf = (id: Buffer): string => `draft/${id.toString('hex')}`;
