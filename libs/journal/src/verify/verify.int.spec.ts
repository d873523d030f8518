import { randomUUID } from 'node:crypto';
import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { countingSlice } from '../../test/counting.js';
import { at, KeptJournal, resultOf } from '../../test/kept.js';
import { linkHash } from '../chain.js';
import { chain, deadLetters, outbox, readTables, sealedAudit, sealedJournal } from '../index.js';

let journal: KeptJournal;
let checks: Record<'chain' | 'seal' | 'audit' | 'outbox' | 'read-tables' | 'dead-letters', () => ReturnType<typeof resultOf>>;
/** Three records: counted once, twice and three times. Positions 1 to 6, all under seals 1 to 3. */
const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];

beforeAll(async () => {
  journal = await KeptJournal.make();
  const seals = { service: 'triage', queries: journal.maintain, file: journal.file, vault: journal.vault, now: () => journal.now, lateMs: 300_000 };
  const tables = { slice: countingSlice, tables: [{ name: 'tally', record: 'id' }] };
  checks = {
    chain: () => resultOf(chain(journal.maintain)),
    seal: () => resultOf(sealedJournal(seals)),
    audit: () => resultOf(sealedAudit(seals)),
    outbox: () => resultOf(outbox(journal.maintain, 60)),
    'read-tables': () => resultOf(readTables(journal.maintain, tables)),
    'dead-letters': () => resultOf(deadLetters(journal.maintain)),
  };
  for (const records of [[one, two, three], [two, three], [three]]) {
    for (const record of records) await journal.count(record);
    await journal.read(records[0]!);
    await journal.sealer().sealNow();
  }
  await journal.save();
});
afterEach(() => journal.restore());
afterAll(() => journal.close());

const found = async (check: keyof typeof checks) => (await checks[check]()).findings;

/** The checks that find something. */
async function finding(): Promise<string[]> {
  const names: string[] = [];
  for (const name of Object.keys(checks) as (keyof typeof checks)[]) if ((await found(name)).length > 0) names.push(name);
  return names;
}

describe('verifying what is kept', () => {
  it('finds nothing wrong where nothing is, and says how much it looked at', async () => {
    expect(await finding()).toEqual([]);
    const looked = await Promise.all(Object.values(checks).map(async (check) => (await check()).looked));
    expect(looked).toEqual([6, 6, 3, expect.any(Number), 3, 0]);
  });

  it('changes nothing, and may run twice on one connection', async () => {
    for (const turn of [1, 2, 3]) expect([turn, await found('read-tables')]).toEqual([turn, []]);
    expect(await journal.app.query('select count(*) as rows from tally')).toEqual([{ rows: 3 }]);
  });

  it('finds nothing wrong while people go on working and seals are made', async () => {
    let isOver = false;
    const work = async (): Promise<void> => {
      while (!isOver) {
        await journal.count(randomUUID(), randomUUID());
        await journal.sealer().sealNow();
      }
    };
    const working = [work(), work()];
    for (let turn = 0; turn < 5; turn += 1) expect(await finding()).toEqual([]);
    isOver = true;
    await Promise.all(working);
  });
});

describe('the journal', () => {
  it('shows which event was changed', async () => {
    await journal.tamper(`update journal set actor = 'somebody-else' where position = 2`);
    expect(await found('chain')).toEqual([{ what: 'an event was changed, or the hash of the one before it', where: { record: two, sequence: 1, position: 2 } }]);
    expect(await finding()).toEqual(['chain']);
  });

  it('shows which event is missing from the middle of a story', async () => {
    await journal.tamper('delete from journal where position = 5');
    expect(await found('chain')).toEqual([{ what: 'an event is missing', where: { record: three, sequence: 2 } }]);
    expect(await found('seal')).toEqual([{ what: 'a sealed row is missing', where: { table: 'journal', position: 5, to: null, seal: 2 } }]);
  });

  it('shows that a record’s last events are missing', async () => {
    await journal.tamper('delete from journal where position in (5, 6)', `update tally set count = 1 where id = '${three}'`);
    expect(await found('seal')).toMatchObject([{ where: { position: 5, seal: 2 } }, { where: { position: 6, seal: 3 } }]);
    expect(await finding()).toEqual(['seal']);
  });

  it('shows that a whole record is missing', async () => {
    await journal.tamper(`delete from journal where record_id = '${two}'`, `delete from tally where id = '${two}'`);
    expect(await found('seal')).toMatchObject([{ where: { position: 2, seal: 1 } }, { where: { position: 4, seal: 2 } }]);
    expect(await finding()).toEqual(['seal']);
  });

  it('shows which event was changed by somebody who made its chain anew', async () => {
    const [row] = await journal.app.query('select * from journal where position = 1');
    const hash = linkHash(Buffer.alloc(32), {
      id: row.id, recordId: one, sequence: 1, contractSequence: 1, type: row.type, authority: row.authority, occurredAt: row.occurred_at,
      recordedAt: row.recorded_at, actor: 'somebody-else', data: row.data, traceparent: null, causationId: null,
    });
    await journal.tamper(`update journal set actor = 'somebody-else', hash = '\\x${hash.toString('hex')}' where position = 1`);
    expect(await found('chain')).toEqual([]);
    expect(await found('seal')).toEqual([{ what: 'a sealed row was changed', where: { table: 'journal', position: 1, record: one, sequence: 1, seal: 1 } }]);
  });

  it('shows an event that was slipped in among those that were sealed', async () => {
    await journal.tamper(
      'create temp table slipped on commit drop as select * from journal where position = 6',
      'delete from journal where position = 2',
      `update slipped set position = 2, id = gen_random_uuid(), record_id = gen_random_uuid(), sequence = 1`,
      'insert into journal overriding system value select * from slipped',
    );
    expect(await found('seal')).toMatchObject([{ what: 'a sealed row was changed', where: { position: 2, sequence: 1 } }]);
  });

  it('shows rows that nobody has sealed for too long', async () => {
    await journal.tamper('truncate seal');
    truncateSync(journal.file.path);
    journal.now = '2026-06-01T10:00:00.000000Z';
    expect(await found('seal')).toEqual([{ what: 'rows have not been sealed for too long', where: { table: 'journal', rows: 6, after: 0, lastSeal: null } }]);
  });

  it('says of what is not sealed yet that nobody can know', async () => {
    await journal.count(one);
    expect((await checks.seal()).note).toBe(`Sealed up to ${at}; 1 rows are newer. Whether a row was changed or removed before it was sealed cannot be known.`);
  });
});

describe('the audit of readings', () => {
  it('ASVS 5.0 V16.4.2, check 30: shows which row was changed', async () => {
    await journal.tamper(`update read_audit set actor = 'somebody-else' where id = 2`);
    expect(await found('audit')).toEqual([{ what: 'a sealed row was changed', where: { table: 'read_audit', position: 2, seal: 2 } }]);
    expect(await finding()).toEqual(['audit']);
  });

  it('shows which row is missing', async () => {
    await journal.tamper('delete from read_audit where id = 3');
    expect(await found('audit')).toEqual([{ what: 'a sealed row is missing', where: { table: 'read_audit', position: 3, to: null, seal: 3 } }]);
  });
});

describe('the seals', () => {
  const lines = () => readFileSync(journal.file.path, 'utf8').trimEnd().split('\n');

  it('show a seal that was changed in the database', async () => {
    await journal.tamper(`update seal set line = replace(line, '"rows":2', '"rows":1') where number = 2`);
    expect(await found('seal')).toEqual([{ what: 'a seal was changed in the database', where: { seal: 2 } }]);
  });

  it('show a seal that was taken out of the database, and check the rows by the file’s', async () => {
    await journal.tamper('delete from seal where number = 3', 'delete from journal where position = 6', `update tally set count = 2 where id = '${three}'`);
    expect(await found('seal')).toMatchObject([{ what: 'a seal is missing from the database', where: { seal: 3 } }, { what: 'a sealed row is missing', where: { position: 6 } }]);
  });

  it('show a seal that was changed in the file', async () => {
    writeFileSync(journal.file.path, `${lines().map((line, index) => (index === 0 ? line.replace('triage', 'dols') : line)).join('\n')}\n`);
    expect(await found('seal')).toEqual([{ what: 'a seal was changed in the seal file', where: { seal: 1 } }]);
  });

  it.each([
    ['whole lines', (text: string) => text.indexOf('\n') + 1],
    ['the middle of a line', (text: string) => text.indexOf('\n') + 100],
  ])('show a file that was cut off after %s', async (_where, lengthOf) => {
    truncateSync(journal.file.path, lengthOf(readFileSync(journal.file.path, 'utf8')));
    expect(await found('seal')).toEqual([2, 3].map((seal) => ({ what: 'a seal is missing from the seal file', where: { seal } })));
  });

  it('show a line that is no seal, and one that stands twice', async () => {
    appendFileSync(journal.file.path, `rubbish\n${lines()[0]}\n`);
    expect(await found('seal')).toMatchObject([{ what: 'a line of the seal file cannot be read', where: { line: 4 } }, { where: { line: 5, seal: 1 } }]);
  });

  it('show seals that are in neither place', async () => {
    await journal.tamper('delete from seal where number = 2');
    writeFileSync(journal.file.path, `${[lines()[0], lines()[2]].join('\n')}\n`);
    expect(await found('seal')).toEqual([{ what: 'seals are missing from the database and the seal file, or were changed in both', where: { from: 2, to: 2 } }]);
  });

  it('cannot be made without the key', async () => {
    const forged = JSON.parse(lines()[2]!);
    forged.logs.journal.rows = 0;
    const line = JSON.stringify(forged);
    await journal.tamper(`update seal set line = '${line}' where number = 3`);
    writeFileSync(journal.file.path, `${[...lines().slice(0, 2), line].join('\n')}\n`);
    expect((await found('seal')).map(({ what }) => what)).toEqual(['a seal was changed in the database', 'a seal was changed in the seal file']);
  });
});

describe('the read tables', () => {
  it('show a row that is not what the record makes of it, and in which column', async () => {
    await journal.tamper(`update tally set count = 9 where id = '${two}'`);
    expect(await found('read-tables')).toEqual([{ what: 'a row is not what the record makes of it', where: { table: 'tally', id: two, columns: 'count' } }]);
    expect(await finding()).toEqual(['read-tables']);
  });

  it('show a row that is missing, and one whose record has no story', async () => {
    const stray = randomUUID();
    await journal.tamper(`delete from tally where id = '${two}'`, `insert into tally values ('${stray}', 1)`);
    expect(await found('read-tables')).toEqual([
      { what: 'a row is there whose record has no story', where: { table: 'tally', id: stray } },
      { what: 'a row is missing that the record makes', where: { table: 'tally', id: two, columns: null } },
    ]);
  });
});

describe('what is on its way', () => {
  it('shows that events have waited too long for the broker', async () => {
    await journal.tamper(`update outbox set queued_at = now() - interval '5 minutes' where position = (select min(position) from outbox)`);
    expect(await found('outbox')).toMatchObject([{ where: { oldestSeconds: 300 } }]);
  });

  it('shows a message that was set aside', async () => {
    await journal.tamper(`insert into dead_letter values ('a:v1', 'people', 7, 'safeguarding.person.identified.v1', 'TypeError', 5)`);
    expect(await found('dead-letters')).toMatchObject([{ where: { message: 'a:v1', stream: 'people', sequence: 7, error: 'TypeError' } }]);
  });
});
