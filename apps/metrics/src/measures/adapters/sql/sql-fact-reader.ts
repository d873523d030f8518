import { Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { endOfDay } from '#libs/calendar';
import { type Sight, transact, type Tx } from '#libs/journal';
import { Database } from '#libs/platform';
import { FactReader, type Reading } from '../../application/fact-reader.js';
import type { Cell, Figures } from '../../domain/cells.js';
import type { Definition } from '../../domain/definition.js';
import type { Dimension, Question } from '../../domain/question.js';
import type { Statement } from './measure.js';
import { measures } from './registry.js';
import { dimensionsOf, knownAt, Params } from './source.js';
import { talliedAuthorities } from './tally.js';

/** Reads the facts where they lie. */
@Injectable()
export class SqlFactReader extends FactReader {
  override readonly definitions: readonly Definition[] = [...measures.values()];

  constructor(private readonly database: Database) {
    super();
  }

  override dimensionsOf({ subject }: Definition): readonly Dimension[] {
    return dimensionsOf(subject);
  }

  override together<Answer>(sight: Sight, read: (facts: Reading) => Promise<Answer>): Promise<Answer> {
    return readTogether(this.database.source, sight, read);
  }
}

/** Statistics lag behind an import, and a nested loop that was planned without them takes minutes; a merge sorts what need not be in order. */
const plan = 'set transaction read only; set local enable_nestloop = off; set local enable_mergejoin = off';

/** Reads several things in one transaction, all of them as they stood at its beginning, and of these authorities alone. */
export function readTogether<Answer>(source: Pick<DataSource, 'createQueryRunner'>, sight: Sight, read: (facts: Reading) => Promise<Answer>): Promise<Answer> {
  return transact(source, { sight, isolation: 'repeatable read' }, async (tx) => {
    await tx.query(plan);
    return read(new SqlReading(tx));
  });
}

/** Facts as one transaction sees them. */
class SqlReading implements Reading {
  constructor(private readonly tx: Pick<Tx, 'query'>) {}

  async cells(key: string, question: Question): Promise<Cell<Figures>[]> {
    const measure = measures.get(key);
    if (!measure) throw new Error(`no measure is called ${key}`);
    if (question.periods.length === 0) return [];
    const { text, values } = measure.statement(question);
    return measure.cells(await this.tx.query(text, values), question).filter(({ authority }) => isAsked(authority, question));
  }

  async authorities(question: Pick<Question, 'asOf' | 'knownAt'>): Promise<string[]> {
    const { text, values } = question.knownAt === null ? talliedAuthorities(question.asOf) : authoritiesOfFacts(question);
    const rows: { authority: string }[] = await this.tx.query(text, values);
    return rows.map((row) => row.authority);
  }
}

function authoritiesOfFacts(question: Pick<Question, 'asOf' | 'knownAt'>): Statement {
  const params = new Params();
  const known = knownAt(question, params);
  const end = `${params.add(endOfDay(question.asOf))}::timestamptz`;
  const text = `select authority from concern_fact f where ${known('f')} and received_at < ${end}
    union select authority from dols_fact f where ${known('f')} and received_at < ${end} order by 1`;
  return { text, values: params.values };
}

/** Asked about one authority alone, the total over all of them was not counted. */
const isAsked = (authority: string, question: Question) => question.authority === 'all' || authority === question.authority;
