import { randomUUID } from 'node:crypto';
import { KeptJournal, resultOf } from '../../test/kept.js';
import { type KeyRing, Narrative, reasons, recordKeys, rotate, type Rotated, seal, sealedAudit, sealedJournal, unseal, Vault, withNewKey, withoutOldest } from '../index.js';
import { signed } from '../seals/seal.js';
import { keepSeal } from '../seals/seal-table.js';
import { RecordKeys } from './record-keys.js';

const service = 'triage';
const oldKey = Buffer.alloc(32, 7);
const first: KeyRing = { keys: [{ id: null, key: oldKey }], kept: [] };

let journal: KeptJournal;
let ring: KeyRing;
let vault: Vault;
let narrative: Narrative;

const vaultOf = (held: KeyRing): Vault => new Vault(service, { read: () => held, news: () => undefined });
beforeEach(async () => {
  journal = await KeptJournal.make();
  ring = first;
  vault = new Vault(service, { read: () => ring, news: () => ring });
  narrative = new Narrative(vault);
});
afterEach(() => journal.close());

const keep = async (words: string, as = narrative): Promise<string> => {
  const textId = randomUUID();
  await journal.app.transaction((tx) => as.keep(tx, [{ recordId: randomUUID(), textId, words }]));
  return textId;
};
const read = (textIds: string[], under: Vault): Promise<Map<string, string>> => journal.app.transaction((tx) => new Narrative(under).read(tx, textIds));
const change = (told: object[] = []): Promise<Rotated> =>
  rotate({ queries: journal.maintain, vault, hasRecords: true, sealed: [reasons], besides: [] }, (progress) => void told.push(progress), () => Promise.resolve());
const keysFound = async () => (await resultOf(recordKeys(journal.maintain, vault))).findings;
const counts = () => new RecordKeys(journal.maintain, vault).counts();

describe('changing the key of a service', () => {
  it('wraps every record’s key anew, one of a home from before among them, so that the old key is needed no more', async () => {
    const [recordId, textId] = [randomUUID(), randomUUID()];
    const dataKey = Buffer.alloc(32, 9);
    // As a service wrote them before keys had ids.
    await journal.app.query('insert into record_key (record_id, wrapped) values ($1, $2)', [recordId, seal(oldKey, `${service}/record_key/${recordId}`, dataKey)]);
    await journal.app.query('insert into narrative (text_id, record_id, cipher) values ($1, $2, $3)', [textId, recordId, seal(dataKey, `narrative/cipher/${textId}`, 'of before')]);
    const kept = await keep('of today');
    ring = withNewKey(first);
    expect(await change()).toEqual({ wrapped: 2, unreadable: 0, madeAnew: 0, under: ring.keys[0].id, retired: [null] });
    expect(await counts()).toEqual([{ id: ring.keys[0].id, rows: 2 }]);
    expect([...(await read([textId, kept], vaultOf(withoutOldest(ring)))).values()].toSorted()).toEqual(['of before', 'of today']);
    const [row] = await journal.app.query('select wrapped from record_key where record_id = $1', [recordId]);
    expect(() => unseal(oldKey, `${service}/record_key/${recordId}`, row.wrapped)).toThrow('authenticate');
  });

  it('takes as many pages as it needs, and says how far it is', async () => {
    const words = Array.from({ length: 2_300 }, () => ({ recordId: randomUUID(), textId: randomUUID(), words: 'words' }));
    await journal.app.transaction((tx) => narrative.keep(tx, words));
    ring = withNewKey(first);
    const told: object[] = [];
    expect(await change(told)).toMatchObject({ wrapped: 2_300 });
    expect(told.slice(0, 3)).toEqual([1_000, 2_000, 2_300].map((wrapped) => ({ doing: 'wrapping', wrapped })));
  });

  it('goes on from where it was given up', async () => {
    const words = Array.from({ length: 1_500 }, () => ({ recordId: randomUUID(), textId: randomUUID(), words: 'words' }));
    await journal.app.transaction((tx) => narrative.keep(tx, words));
    ring = withNewKey(first);
    await new RecordKeys(journal.maintain, vault.look()).wrapAnew().next();
    expect(await counts()).toMatchObject([{ id: null, rows: 500 }, { rows: 1_000 }]);
    expect(await change()).toMatchObject({ wrapped: 500, retired: [null] });
  });

  it('leaves keys that verifying opens, under which all words are', async () => {
    await keep('words');
    ring = withNewKey(first);
    await change();
    expect(await keysFound()).toEqual([]);
    await journal.tamper('delete from record_key');
    expect(await keysFound()).toMatchObject([{ what: 'words are kept whose key is missing' }]);
  });

  it('finds nothing to do the second time', async () => {
    await keep('words');
    ring = withNewKey(first);
    await change();
    expect(await change()).toMatchObject({ wrapped: 0, retired: [null] });
  });

  it('refuses what a process that has not heard of it wraps under the old key, and reads on what it wrote before', async () => {
    ring = withNewKey(first);
    await change();
    await expect(keep('words', new Narrative(vaultOf(first)))).rejects.toThrow('a key that was put aside wraps nothing any more');
    expect(await counts()).toEqual([]);
  });

  it('waits for whoever was writing under the old key', async () => {
    const runner = journal.app.createQueryRunner();
    await runner.startTransaction();
    await new Narrative(vaultOf(first)).keep(runner.manager, [{ recordId: randomUUID(), textId: randomUUID(), words: 'words' }]);
    ring = withNewKey(first);
    const changing = change();
    await new Promise((resolve) => setTimeout(resolve, 200));
    await runner.commitTransaction();
    await runner.release();
    expect(await changing).toMatchObject({ wrapped: 1, retired: [null] });
    expect(await counts()).toMatchObject([{ id: ring.keys[0].id, rows: 1 }]);
  });

  it('puts no key aside while something is under it that nobody can open', async () => {
    await keep('words');
    await journal.tamper('update record_key set wrapped = set_byte(wrapped, 40, (get_byte(wrapped, 40) + 1) % 256)');
    ring = withNewKey(first);
    expect(await change()).toMatchObject({ wrapped: 0, unreadable: 1, retired: [] });
    const [row] = await journal.app.query('select record_id as record from record_key');
    expect(await keysFound()).toEqual([{ what: 'the key of a record cannot be opened', where: row }]);
  });

  it('leaves a record disposed of that was disposed of meanwhile', async () => {
    await keep('words');
    ring = withNewKey(first);
    const pages = new RecordKeys({ query: async (sql: string, values?: unknown[]) => {
      const rows = await journal.maintain.query(sql, values);
      if (sql.includes('order by record_id')) await journal.app.query('delete from record_key');
      return rows;
    } } as never, vault.look()).wrapAnew();
    await pages.next();
    expect(await counts()).toEqual([]);
  });
});

describe('seals, when the key of a service is changed', () => {
  const findings = async () => {
    const seals = { service, queries: journal.maintain, file: journal.file, vault: journal.vault, now: () => journal.now, lateMs: 300_000 };
    return [...(await resultOf(sealedJournal(seals))).findings, ...(await resultOf(sealedAudit(seals))).findings];
  };
  const sealOne = async (): Promise<void> => {
    await journal.count(randomUUID());
    await journal.read(randomUUID());
    await journal.sealer().sealNow();
  };

  it('go on under the new key, and those of before hold, also when the old one was put aside', async () => {
    await sealOne();
    ring = withNewKey(first);
    journal.vault = vaultOf(ring);
    await sealOne();
    expect(await findings()).toEqual([]);
    journal.vault = vaultOf(withoutOldest(ring));
    await sealOne();
    expect(await findings()).toEqual([]);
    const lines: { line: string }[] = await journal.maintain.query('select line from seal order by number');
    expect(lines.map(({ line }) => JSON.parse(line).key)).toEqual([undefined, ring.keys[0].id, ring.keys[0].id]);
    await journal.tamper(`update read_audit set actor = 'somebody-else' where id = 1`);
    expect(await findings()).toEqual([{ what: 'a sealed row was changed', where: { table: 'read_audit', position: 1, seal: 1 } }]);
  });

  it('shows one that somebody made with the old key after that was put aside', async () => {
    await sealOne();
    journal.vault = vaultOf(withNewKey(first));
    await sealOne();
    const [last] = await journal.maintain.query('select line from seal where number = 2');
    const forged = signed(vaultOf(first).keysFor('seal').current(), { service, number: 3, sealedAt: journal.now, previous: JSON.parse(last.line).hmac, logs: {} });
    await keepSeal(journal.maintain, forged);
    await journal.file.append(forged.line);
    expect(await findings()).toEqual([{ what: 'a seal is under a key that an earlier one had left behind', where: { seal: 3 } }]);
  });
});
