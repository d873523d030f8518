import { Injectable } from '@nestjs/common';
import type { Standing, Tx } from '#libs/journal';
import { Database } from '#libs/platform';
import { concernsOf, type Sides, sidesOf } from '../domain/retention.js';
import type { Person } from '../domain/state.js';
import { type AskedAbout, OtherRecords } from './other-records.js';
import { Acquaintance } from './person-file.js';
import { Persons } from './persons.js';

/** Somebody and whoever was joined into them. */
interface Group {
  /** The one who was asked about first. */
  all: Standing<Person>[];
  about: AskedAbout;
}

/** What was learnt of a group before the transaction that decides about it. */
export interface Learnt {
  about: AskedAbout;
  isNamedElsewhere: boolean | undefined;
}

/** People with whoever was joined into them, whichever council's: they are needed, held and disposed of together. */
@Injectable()
export class Together {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly acquaintance: Acquaintance,
    private readonly elsewhere: OtherRecords,
  ) {}

  /** How each of these stands with whoever was joined into them. Other services are asked: no transaction is open meanwhile. */
  async sides(personIds: string[]): Promise<Sides[]> {
    const groups = await this.database.transaction('every', (tx) => this.groups(tx, personIds));
    const named = await this.elsewhere.name(groups.map(({ about }) => about));
    return groups.map(({ all }, at) => sidesOf(all.map(({ state }) => state), named?.[at]));
  }

  /** The same of one, to decide by it later. */
  async learn(personId: string): Promise<Learnt> {
    const [group] = await this.database.transaction('every', (tx) => this.groups(tx, [personId]));
    const named = await this.elsewhere.name([group!.about]);
    return { about: group!.about, isNamedElsewhere: named?.[0] };
  }

  /** How a person and the others stand now, by what was learnt before. Of whoever was not asked about nothing is known. */
  async now(tx: Tx, personId: string, { about, isNamedElsewhere }: Learnt): Promise<{ sides: Sides; others: string[] }> {
    const [group] = await this.groups(tx, [personId]);
    const isAsked = group!.about.people.every((id) => about.people.includes(id)) && group!.about.concerns.every((id) => about.concerns.includes(id));
    return { sides: sidesOf(group!.all.map(({ state }) => state), isAsked ? isNamedElsewhere : undefined), others: group!.about.people.slice(1) };
  }

  private async groups(tx: Tx, personIds: string[]): Promise<Group[]> {
    const ids = await this.acquaintance.sides(tx, personIds);
    const standings = new Map((await this.persons.standings(tx, [...new Set([...ids.values()].flat())])).map((one) => [one.recordId, one]));
    return personIds.map((personId) => {
      const all = ids.get(personId)!.flatMap((id) => standings.get(id) ?? []);
      return { all, about: { people: all.map(({ recordId }) => recordId), concerns: concernsOf(all.map(({ state }) => state)) } };
    });
  }
}
