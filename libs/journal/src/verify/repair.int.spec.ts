import { randomUUID } from 'node:crypto';
import { countingSlice } from '../../test/counting.js';
import { KeptJournal, resultOf } from '../../test/kept.js';
import { readTables, repairReadTables } from '../index.js';

const kept = { slice: countingSlice, tables: [{ name: 'tally', record: 'id' }] };
const records: string[] = Array.from({ length: 600 }, () => randomUUID());

let journal: KeptJournal;
beforeAll(async () => {
  journal = await KeptJournal.make();
  for (let round = 0; round < 2; round += 1) await journal.count(...records);
}, 60_000);
afterAll(() => journal.close());

const rows = () => journal.app.query('select * from tally order by id');
const isRight = async () => (await resultOf(readTables(journal.maintain, kept))).findings.length === 0;

describe('rebuilding a read table', () => {
  it('gives the rows that were there, whether they were changed, deleted, added or all gone', async () => {
    const before = await rows();
    for (const spoil of [
      'update tally set count = 7 where id < $1',
      'delete from tally where id < $1',
      'insert into tally select gen_random_uuid(), 3 from tally where id < $1',
      'delete from tally where id is distinct from $1::uuid',
    ]) {
      await journal.maintain.query(spoil, ['80000000-0000-0000-0000-000000000000']);
      expect(await isRight()).toBe(false);
      expect(await repairReadTables(journal.maintain, kept, () => {})).toMatchObject({ looked: records.length });
      expect(await rows()).toEqual(before);
    }
  }, 60_000);

  it('touches nothing that is right', async () => {
    const versions = () => journal.app.query('select id, xmin from tally order by id');
    const before = await versions();
    await journal.maintain.query('update tally set count = 9 where id = $1', [records[0]]);
    expect(await repairReadTables(journal.maintain, kept, () => {})).toEqual({ looked: records.length, repaired: 1 });
    const changed = (await versions()).filter((row: object, at: number) => JSON.stringify(row) !== JSON.stringify(before[at]));
    expect(changed).toMatchObject([{ id: records[0] }]);
  });

  it('loses nothing of what people do meanwhile', async () => {
    let isOver = false;
    const work = async (some: string[]): Promise<void> => {
      while (!isOver) {
        await journal.count(...some.splice(0, 3));
        await journal.count(randomUUID());
        if (some.length === 0) return;
      }
    };
    await journal.maintain.query('update tally set count = 9');
    const working = Promise.all([work(records.slice(0, 150)), work(records.slice(300, 450))]);
    await repairReadTables(journal.maintain, kept, () => {});
    isOver = true;
    await working;
    await repairReadTables(journal.maintain, kept, () => {});
    expect(await isRight()).toBe(true);
    const wrong = await journal.app.query('select id from tally where count = 9');
    expect(wrong).toEqual([]);
  }, 60_000);
});
