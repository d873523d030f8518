import { randomUUID } from 'node:crypto';
import { at, KeptJournal, resultOf } from '../test/kept.js';
import { closeReason, keepingReason, moveReasons, openReason, reasonOf, sealedAudit } from './index.js';

let journal: KeptJournal;
beforeEach(async () => (journal = await KeptJournal.make()));
afterEach(() => journal.close());

const findings = async () => (await resultOf(sealedAudit({ service: 'triage', queries: journal.maintain, file: journal.file, vault: journal.vault, now: () => journal.now, lateMs: 300_000 }))).findings;
const move = (): Promise<number> => moveReasons(journal.maintain, journal.vault, 'read_audit');
const texts = async (): Promise<string> => JSON.stringify(await journal.app.query(`select read_audit.*, encode(cipher, 'escape') as cipher from read_audit ${reasonOf('read_audit')}`));
const told = async (): Promise<(string | null)[]> => {
  const rows = await journal.app.query(`select why, text_id, cipher from read_audit ${reasonOf('read_audit')} order by id`);
  return rows.map(({ why, text_id: textId, cipher }: { why: string | null; text_id: string; cipher: Buffer }) => why ?? openReason(journal.vault, { textId, cipher }));
};

/** As a service keeps a reading now. */
async function read(why: string | null): Promise<void> {
  const { textId, cipher } = closeReason(journal.vault, why);
  await journal.app.query(`${keepingReason('$2', '$3')} insert into read_audit (read_at, actor, authority, record_ids, what, why_text) values ($1, 'officer-1', null, '{}', 'record', $2)`, [at, textId, cipher]);
}

describe('why somebody read something', () => {
  it('is kept encrypted, and can be read by whoever has the keys', async () => {
    await read('a call from an invented daughter');
    await read(null);
    expect(await texts()).not.toContain('invented');
    expect(await told()).toEqual(['a call from an invented daughter', null]);
    expect(await journal.app.query('select count(*) as kept from reason')).toEqual([{ kept: 1 }]);
    await journal.sealer().sealNow();
    expect(await findings()).toEqual([]);
  });

  it('and lay in plain words before is moved, and the seals that cover the words go on holding', async () => {
    for (let n = 0; n < 3; n += 1) await journal.read(randomUUID());
    await journal.sealer().sealNow();
    await journal.read(randomUUID());
    expect(await move()).toBe(4);
    expect(await texts()).not.toContain('visit');
    expect(await told()).toEqual(['visit', 'visit', 'visit', 'visit']);
    expect(await findings()).toEqual([]);
    await journal.sealer().sealNow();
    expect(await findings()).toEqual([]);
    expect(await move()).toBe(0);
  });

  it('is moved in pages', async () => {
    await journal.app.query(`insert into read_audit (read_at, actor, record_ids, what, why) select $1, 'officer-1', '{}', 'record', 'visit ' || n from generate_series(1, 1200) as n`, [at]);
    expect(await move()).toBe(1_200);
    expect((await told()).at(-1)).toBe('visit 1200');
  });

  it.each([
    ['exchanged', `update reason set cipher = (select cipher from reason order by row_id desc limit 1) where row_id = 1`],
    ['taken away', 'delete from reason where row_id = 1'],
    ['said otherwise', `update read_audit set why = 'another' where id = 1`],
  ])('is missed where it was %s after it had been moved', async (_how, tampering) => {
    for (let n = 0; n < 2; n += 1) await journal.read(randomUUID());
    await journal.sealer().sealNow();
    await move();
    await journal.tamper(tampering);
    expect(await findings()).toEqual([{ what: 'a sealed row was changed', where: { table: 'read_audit', position: 1, seal: 1 } }]);
  });

  it('is taken out of its row by nobody unless it lies elsewhere', async () => {
    await journal.read(randomUUID());
    const refusal = /stays on record|permission denied/;
    await expect(journal.maintain.query('update read_audit set why = null')).rejects.toThrow(refusal);
    await expect(journal.maintain.query(`update read_audit set actor = 'x'`)).rejects.toThrow(refusal);
    await expect(journal.app.query('update read_audit set why = null')).rejects.toThrow(refusal);
    await move();
    await expect(journal.maintain.query(`update read_audit set why = 'visit'`)).rejects.toThrow(refusal);
    await expect(journal.maintain.query('delete from reason')).rejects.toThrow(refusal);
    await expect(journal.app.query(`update reason set cipher = ''`)).rejects.toThrow(refusal);
  });
});
