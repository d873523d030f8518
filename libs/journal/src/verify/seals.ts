import type { Instant } from '#libs/calendar';
import { type Difference, differenceOf, type Part, PartMaker } from '../seals/part.js';
import { runsOf } from '../seals/positions.js';
import { keyOf, type Seal } from '../seals/seal.js';
import { positionOf, rowsOf } from '../seals/sealed-logs.js';
import { type Log, logs, settledUpTo } from '../settled.js';
import type { Check, Finding, Looked } from './check.js';
import { type Seals, walkSeals } from './walk-seals.js';

export interface SealChecking extends Seals {
  now: () => Instant;
  /** Rows that are older than this must be under a seal. */
  lateMs: number;
}

/** The seals are whole, and the journal holds what was sealed: what a chain cannot show, the loss of its end or of all of it. */
export const sealedJournal = (seals: SealChecking): Check => ({ name: 'seal', run: () => unlikeSealed(seals, { of: ['journal'], tellsOfSeals: true }) });

/** The audit tables hold what was sealed. */
export const sealedAudit = (seals: SealChecking): Check => ({ name: 'audit', run: () => unlikeSealed(seals, { of: audits, tellsOfSeals: false }) });

const audits = (Object.keys(logs) as Log[]).filter((log) => log !== 'journal');
const writtenAt: Record<Log, string> = { journal: 'recorded_at', read_audit: 'read_at', resending: 'sent_at' };
const page = 2_000;

interface Last {
  sealedAt: Instant | null;
  upTo: Map<Log, number>;
}

async function* unlikeSealed(seals: SealChecking, { of, tellsOfSeals }: { of: Log[]; tellsOfSeals: boolean }): AsyncGenerator<Finding, Looked> {
  let looked = 0;
  const last: Last = { sealedAt: null, upTo: new Map() };
  for await (const step of walkSeals(seals)) {
    if ('finding' in step) {
      if (tellsOfSeals) yield step.finding;
      continue;
    }
    const { seal } = step.sealed;
    last.sealedAt = seal.sealedAt;
    for (const log of of) {
      const part = seal.logs[log];
      if (!part) continue;
      last.upTo.set(log, part.upTo);
      looked += part.rows;
      yield* differences(seals, { log, part, seal });
    }
  }
  return { looked, note: yield* unsealed(seals, of, last) };
}

async function* differences(seals: SealChecking, sealed: { log: Log; part: Part; seal: Seal }): AsyncGenerator<Finding> {
  const { log, part, seal: { number, ...seal } } = sealed;
  if (part.upTo === part.after) return;
  const maker = new PartMaker(keyOf(seals.vault.keysFor('seal'), seal)!, log);
  const difference = differenceOf(part, await foundOf(seals, maker, { log, ...part }));
  if (!difference) return;
  const { missing, changed, added } = difference;
  for (const { from, to } of runsOf(missing)) {
    yield { what: from === to ? 'a sealed row is missing' : `${to - from + 1} sealed rows are missing`, where: { table: log, position: from, to: from === to ? null : to, seal: number } };
  }
  yield* eachRow(seals, { log, positions: changed, number, what: 'a sealed row was changed' });
  yield* eachRow(seals, { log, positions: added, number, what: 'a row was added among those that were sealed' });
  if (isNowhere(difference)) yield { what: 'rows are not those that were sealed', where: { table: log, position: part.after + 1, to: part.upTo, seal: number } };
}

const isNowhere = ({ missing, changed, added }: Difference): boolean => missing.length + changed.length + added.length === 0;

async function foundOf(seals: SealChecking, maker: PartMaker, { log, after, upTo }: { log: Log; after: number; upTo: number }): Promise<Part> {
  for (let from = after; ; ) {
    const rows = await rowsOf(seals, log, { after: from, upTo, limit: page });
    for (const row of rows) maker.add(row);
    if (rows.length < page) return maker.part({ after, upTo });
    from = positionOf(log, rows.at(-1)!);
  }
}

async function* eachRow({ queries }: SealChecking, rows: { log: Log; positions: number[]; number: number; what: string }): AsyncGenerator<Finding> {
  const { log, positions, number, what } = rows;
  const names: { position: number; record_id: string; sequence: number }[] =
    log === 'journal' && positions.length > 0
      ? await queries.query(`select position, record_id, sequence from journal where position = any($1)`, [positions])
      : [];
  for (const position of positions) {
    const name = names.find((one) => one.position === position);
    yield { what, where: { table: log, position, ...(name ? { record: name.record_id, sequence: name.sequence } : {}), seal: number } };
  }
}

/** What no seal covers yet. Finds rows that should have been sealed long ago, and says what cannot be known of the others. */
async function* unsealed(seals: SealChecking, of: Log[], last: Last): AsyncGenerator<Finding, string> {
  const limit = Date.parse(seals.now()) - seals.lateMs;
  let newer = 0;
  for (const log of of) {
    const after = last.upTo.get(log) ?? 0;
    const [open]: { rows: number; oldest: Instant | null }[] = await seals.queries.query(
      `select count(*) as rows, min(${writtenAt[log]}) as oldest from ${log} where ${logs[log]} > $1 and ${logs[log]} <= $2`,
      [after, await settledUpTo(seals.queries, log)],
    );
    const { rows, oldest } = open!;
    newer += rows;
    // An import records many rows under the time at which it began, so that the last seal has to be old as well.
    const isLate = oldest !== null && Date.parse(oldest) < limit && (last.sealedAt === null || Date.parse(last.sealedAt) < limit);
    if (isLate) yield { what: 'rows have not been sealed for too long', where: { table: log, rows, after, lastSeal: last.sealedAt } };
  }
  const since = last.sealedAt === null ? 'Nothing is sealed yet' : `Sealed up to ${last.sealedAt}`;
  return `${since}; ${newer} rows are newer. Whether a row was changed or removed before it was sealed cannot be known.`;
}
