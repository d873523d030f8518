import { ServiceUnavailable } from '#libs/pages';
import { type DraftRow, DraftRows } from '../src/draft/draft-rows.js';

/** Drafts as the database keeps them, in memory; away when the test says so. */
export class MemoryRows extends DraftRows {
  readonly rows = new Map<string, DraftRow>();
  isAway = false;

  async find(id: Buffer, now: Date): Promise<DraftRow | undefined> {
    const row = this.here().get(id.toString('hex'));
    return row && row.endsAt > now ? row : undefined;
  }

  async add(row: DraftRow): Promise<void> {
    this.here().set(row.id.toString('hex'), row);
  }

  async exchange(seen: DraftRow, row: DraftRow): Promise<boolean> {
    const id = seen.id.toString('hex');
    if (!this.here().get(id)?.content.equals(seen.content)) return false;
    this.rows.delete(id);
    this.rows.set(row.id.toString('hex'), row);
    return true;
  }

  async remove(id: Buffer): Promise<void> {
    this.here().delete(id.toString('hex'));
  }

  async clear(now: Date): Promise<number> {
    for (const [id, { endsAt }] of this.here()) if (endsAt <= now) this.rows.delete(id);
    return [...this.rows.values()].reduce((bytes, { content }) => bytes + content.length, 0);
  }

  private here(): Map<string, DraftRow> {
    if (this.isAway) throw new ServiceUnavailable('drafts');
    return this.rows;
  }
}
