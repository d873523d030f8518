import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { readKeyRing, withNewKey, withoutOldest, writeKeyRing } from '#libs/journal';
import { PeopleService } from './people-service.js';

const csv = ['person_ref,given_name,family_name,date_of_birth,nhs_number,postcode', 'P1,Vera,Varga,1946-05-01,9997019903,NN11 4FP', 'P2,Anna,Vargas,1951-03-02,,NN11 4FQ', ',Bela,Nobody,1950-01-01,,'].join('\n');
const run = v7();

let people: PeopleService;
let owner: Client;
beforeAll(async () => {
  people = await PeopleService.start();
  owner = new Client({ connectionString: people.database.ownerUrl, options: '-c search_path=people' });
  await owner.connect();
}, 60_000);
afterAll(async () => {
  await owner.end();
  await people.close();
});

const rows = async (sql: string): Promise<string[]> => (await owner.query<{ held: string }>(sql)).rows.map(({ held }) => held);
const held = async () => ({
  keys: await rows(`select encode(wrapped, 'hex') as held from record_key order by 1`),
  tokens: await rows(`select encode(token, 'hex') as held from person_token order by 1`),
  births: await rows(`select detail ->> 'born' as held from extract_row order by reference`),
  cells: await rows(`select encode(cells, 'hex') as held from quarantine`),
});

async function lines(path: string, body?: object): Promise<Record<string, unknown>[]> {
  const headers = { ...(await people.issuer.as('operator')), 'content-type': 'application/json' };
  const answer = await fetch(people.url + path, body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers });
  return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** As the command does: whole, and in one step. */
function exchange(text: string): void {
  writeFileSync(`${people.keyFile}.new`, text);
  renameSync(`${people.keyFile}.new`, people.keyFile);
}
const ring = () => readKeyRing(readFileSync(people.keyFile, 'utf8'));

describe('changing the key of people, in a home from before keys had ids', () => {
  it('encrypts nothing again and loses nothing: everybody is read, found and verified under the new key alone', async () => {
    expect(await people.import(csv, { run })).toMatchObject({ imported: 2, quarantined: 1 });
    const before = await held();
    exchange(writeKeyRing(withNewKey(ring())));
    const [under] = ring().keys;
    const done = (await lines('/internal/keys/rotate', { under: under.id })).at(-1)!['done'];
    // Two people, the cells of one row, two dates of birth.
    expect(done).toEqual({ wrapped: 5, unreadable: 0, madeAnew: 2, under: under.id, retired: [null] });
    const after = await held();
    for (const part of ['keys', 'tokens', 'births', 'cells'] as const) {
      expect(after[part]).toHaveLength(before[part].length);
      expect(after[part].filter((one) => before[part].includes(one))).toEqual([]);
    }
    exchange(writeKeyRing(withoutOldest(ring())));
    expect(await people.import(csv)).toMatchObject({ imported: 0, already_present: 2, quarantined: 1 });
    expect(await rows('select count(*)::text as held from quarantine')).toEqual(['1']);
    const own = ['chain', 'seal', 'audit', 'keys', 'read-tables', 'identities', 'claims'];
    const wrong = (await lines('/internal/verify')).filter(({ check, what, failed }) => own.includes(String(check)) && (what !== undefined || failed !== undefined));
    expect(wrong).toEqual([]);
    const [id] = await rows('select id::text as held from quarantine');
    expect((await people.ask('GET', `/internal/imports/quarantine/${id}`, undefined, { as: 'staff-administrator-1' })).body).toMatchObject({ cells: { family_name: 'Nobody' } });
    const questions = [{ reference: 'P1', on: '2026-05-01' }];
    expect((await people.ask('POST', `/internal/imports/${run}/ages`, { questions }, { as: 'triage' })).body['ages']).toEqual([{ isKnown: true, ageBand: '75-84', isUnder18: false }]);
  }, 60_000);

  it('is refused by a service that has another key file', async () => {
    const answer = await people.ask('POST', '/internal/keys/rotate', { under: '00000000' });
    expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('another key file') } });
  });

  it('is for programs alone', async () => {
    expect(await people.ask('POST', '/internal/keys/rotate', { under: null }, { as: 'staff-data-1' })).toMatchObject({ status: 403 });
  });
});
