import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, rmdirSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { KeptJournal, resultOf } from '../../test/kept.js';
import { dataSource, sealedAudit, sealedJournal, SealFile, SealsDisagree } from '../index.js';

let journal: KeptJournal;
beforeEach(async () => (journal = await KeptJournal.make()));
afterEach(() => journal.close());

const table = async (): Promise<string[]> => (await journal.maintain.query('select line from seal order by number')).map(({ line }: { line: string }) => line);
const fileLines = (): Promise<string[]> => Array.fromAsync(journal.file.lines());

async function findings() {
  const seals = { service: 'triage', queries: journal.maintain, file: journal.file, vault: journal.vault, now: () => journal.now, lateMs: 300_000 };
  return [...(await resultOf(sealedJournal(seals))).findings, ...(await resultOf(sealedAudit(seals))).findings];
}

/** A file that the power goes before. */
class Unwritten extends SealFile {
  override append(): Promise<void> {
    return Promise.reject(new Error('the power went'));
  }
}

describe('sealing', () => {
  it('puts what is new under a seal that follows from the one before, alike in table and file', async () => {
    await journal.count(randomUUID(), randomUUID());
    await journal.read(randomUUID());
    expect(await journal.sealer().sealNow()).toBe(1);
    await journal.count(randomUUID());
    expect(await journal.sealer().sealNow()).toBe(1);
    const seals = (await table()).map((line) => JSON.parse(line));
    expect(seals).toMatchObject([
      { number: 1, previous: null, logs: { journal: { after: 0, upTo: 2, rows: 2, positions: '1-2' }, read_audit: { after: 0, upTo: 1, rows: 1 } } },
      { number: 2, previous: seals[0].hmac, logs: { journal: { after: 2, upTo: 3, rows: 1 }, read_audit: { after: 1, upTo: 1, rows: 0 } } },
    ]);
    expect(await fileLines()).toEqual(await table());
    expect(await findings()).toEqual([]);
  });

  it('makes no seal where nothing is new', async () => {
    await journal.count(randomUUID());
    expect([await journal.sealer().sealNow(), await journal.sealer().sealNow()]).toEqual([1, 0]);
  });

  it('takes as many seals as it needs, none of which holds much', async () => {
    await journal.count(...Array.from({ length: 4_500 }, () => randomUUID()));
    expect(await journal.sealer().sealNow()).toBe(3);
    expect(await findings()).toEqual([]);
  });

  it('waits for a row that is still being written', async () => {
    const runner = journal.app.createQueryRunner();
    await runner.startTransaction();
    await journal.records.handle(runner.manager, { recordId: randomUUID(), command: { type: 'Count', at: journal.now }, context: { authority: null, actor: null, recordedAt: journal.now } });
    await journal.count(randomUUID());
    const sealing = journal.sealer().sealNow();
    await pause(100);
    await runner.commitTransaction();
    await runner.release();
    await sealing;
    expect(JSON.parse((await table())[0]!).logs.journal.rows).toBe(2);
    expect(await findings()).toEqual([]);
  });

  it('is done by one process at a time', async () => {
    await journal.count(...Array.from({ length: 2_500 }, () => randomUUID()));
    const made = await Promise.all(Array.from({ length: 2 }, () => journal.sealer().sealNow()));
    expect(made.toSorted()).toEqual([0, 2]);
    expect(await fileLines()).toEqual(await table());
  });

  it('is tried again soon where it failed, and not only when its time comes again', async () => {
    await journal.count(randomUUID());
    const away = [new Error('the database was killed')];
    const maintain = { createQueryRunner: () => {
      const error = away.pop();
      if (error) throw error;
      return journal.maintain.createQueryRunner();
    } };
    const sealer = journal.sealer({ maintain, everyMs: 3_600_000, againMs: 10 });
    sealer.start();
    while ((await table()).length === 0) await pause(10);
    await sealer.stop();
    expect([away, sealer.trouble]).toEqual([[], undefined]);
  });

  it('lets go of its lock when it is done, and when it fails', async () => {
    await journal.count(randomUUID());
    await expect(journal.sealer({ file: new Unwritten(journal.file.path) }).sealNow()).rejects.toThrow('the power went');
    const other = await dataSource({ url: journal.database.url('triage', 'maintain'), name: 'other' }).initialize();
    expect(await other.query(`select pg_try_advisory_lock(hashtext('seal/triage')) as free`)).toEqual([{ free: true }]);
    await other.destroy();
  });
});

describe('a process that dies between table and file', () => {
  it('leaves a file that the next seal mends', async () => {
    await journal.count(randomUUID());
    await expect(journal.sealer({ file: new Unwritten(journal.file.path) }).sealNow()).rejects.toThrow('the power went');
    expect([(await table()).length, (await fileLines()).length]).toEqual([1, 0]);
    await journal.count(randomUUID());
    expect(await journal.sealer().sealNow()).toBe(1);
    expect(await fileLines()).toEqual(await table());
    expect(await findings()).toEqual([]);
  });

  it('leaves a piece of a line that harms nobody', async () => {
    await journal.count(randomUUID());
    await journal.sealer().sealNow();
    await journal.count(randomUUID());
    await journal.sealer().sealNow();
    truncateSync(journal.file.path, readFileSync(journal.file.path).length - 40);
    await journal.count(randomUUID());
    await journal.sealer().sealNow();
    expect((await fileLines()).length).toBe(4);
    expect(await findings()).toEqual([]);
  });
});

describe('a seal file that cannot be written', () => {
  it('is told of, makes no seals that only the database has, and is caught up with', async () => {
    mkdirSync(dirname(journal.file.path), { recursive: true });
    mkdirSync(journal.file.path);
    const troubles: unknown[] = [];
    await journal.count(randomUUID());
    const sealer = journal.sealer({ everyMs: 20, onTrouble: (error) => troubles.push(error) });
    sealer.start();
    while (troubles.length < 3) await pause(20);
    await journal.count(randomUUID());
    expect(sealer.trouble).toBe('EISDIR');
    expect((await table()).length).toBeLessThanOrEqual(1);
    rmdirSync(journal.file.path);
    while (sealer.trouble) await pause(20);
    await sealer.stop();
    expect(await fileLines()).toEqual(await table());
    expect(await findings()).toEqual([]);
  });
});

describe('table and file that do not agree', () => {
  it('are told of, left as they are, and what is new is sealed all the same', async () => {
    for (const _turn of [1, 2, 3]) {
      await journal.count(randomUUID());
      await journal.sealer().sealNow();
    }
    await journal.tamper('delete from seal where number > 1', 'delete from journal where position > 1', 'delete from outbox where position > 1');
    await journal.count(randomUUID());
    await expect(journal.sealer().sealNow()).rejects.toThrow(SealsDisagree);
    const numbers = (lines: string[]) => lines.map((line) => JSON.parse(line).number);
    expect([numbers(await table()), numbers(await fileLines())]).toEqual([[1, 4], [1, 2, 3, 4]]);
    expect((await findings()).map(({ what, where }) => [what, where['seal'], where['position']])).toEqual([
      ['a seal is missing from the database', 2, undefined],
      ['a sealed row is missing', 2, 2],
      ['a seal is missing from the database', 3, undefined],
      ['a sealed row is missing', 3, 3],
    ]);
  });

  it('do not lead the next seal past rows, whatever somebody wrote into the table', async () => {
    await journal.count(randomUUID());
    await journal.sealer().sealNow();
    const forged = JSON.stringify({ ...JSON.parse((await table())[0]!), number: 2, logs: { journal: { after: 0, upTo: 1_000_000, rows: 0 } } });
    await journal.tamper(`insert into seal values (2, now(), '${forged}')`);
    await journal.count(randomUUID());
    await expect(journal.sealer().sealNow()).rejects.toThrow(SealsDisagree);
    expect(JSON.parse((await table())[2]!)).toMatchObject({ number: 3, logs: { journal: { after: 1, upTo: 2, rows: 1 } } });
  });
});
