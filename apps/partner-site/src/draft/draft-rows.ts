import type { SiteDatabase } from '#libs/sign-in';

/** A draft as it is kept. */
export interface DraftRow {
  id: Buffer;
  content: Buffer;
  endsAt: Date;
}

/** Where drafts are kept, by whoever cannot read them. */
export abstract class DraftRows {
  /** One whose time is over is not there. */
  abstract find(id: Buffer, now: Date): Promise<DraftRow | undefined>;
  abstract add(row: DraftRow): Promise<void>;
  /** Puts another in the place of what was read; false where that has changed or gone meanwhile. */
  abstract exchange(seen: DraftRow, row: DraftRow): Promise<boolean>;
  abstract remove(id: Buffer): Promise<void>;
  /** Deletes those whose time is over, and says how many bytes the others come to. */
  abstract clear(now: Date): Promise<number>;
}

/** In the site's own schema. */
export class PgDraftRows extends DraftRows {
  constructor(private readonly database: SiteDatabase) {
    super();
  }

  async find(id: Buffer, now: Date): Promise<DraftRow | undefined> {
    const { rows } = await this.database.ask<DraftRow>('select id, content, ends_at as "endsAt" from draft where id = $1 and ends_at > $2', [id, now]);
    return rows[0];
  }

  async add({ id, content, endsAt }: DraftRow): Promise<void> {
    await this.database.ask('insert into draft (id, content, ends_at) values ($1, $2, $3)', [id, content, endsAt]);
  }

  async exchange(seen: DraftRow, { id, content, endsAt }: DraftRow): Promise<boolean> {
    const { rowCount } = await this.database.ask('update draft set id = $3, content = $4, ends_at = $5 where id = $1 and content = $2', [seen.id, seen.content, id, content, endsAt]);
    return rowCount === 1;
  }

  async remove(id: Buffer): Promise<void> {
    await this.database.ask('delete from draft where id = $1', [id]);
  }

  async clear(now: Date): Promise<number> {
    await this.database.ask('delete from draft where ends_at <= $1', [now]);
    const { rows } = await this.database.ask<{ bytes: string }>('select coalesce(sum(octet_length(content)), 0) as bytes from draft', []);
    return Number(rows[0]!.bytes);
  }
}
