import { Injectable } from '@nestjs/common';
import { type Acting, Database, sightOf } from '#libs/platform';
import type { SavedView } from '../../domain/staff-member.js';

/** The record of whoever asks, as far as they keep something there for themselves. */
@Injectable()
export class OwnRecord {
  constructor(private readonly database: Database) {}

  /** Undefined for whoever is not registered here. */
  async find(acting: Acting): Promise<{ id: string; views: SavedView[] } | undefined> {
    const [row]: { id: string; views: SavedView[] }[] = await this.database.seeing(sightOf(acting)).query(`select id, views from staff_member where acts_as = $1 and status = 'active'`, [acting.staff.id]);
    return row;
  }
}
