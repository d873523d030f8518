import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { bytesOf, judgeExtract } from '../../../test/oracle/judge.ts';
import { example, spoil } from '../../../test/oracle/spoil.ts';
import { PeopleService } from './people-service.js';

const beganAt = '2026-08-01T00:00:00.000000Z';

describe('importing people', () => {
  let people: PeopleService;
  beforeAll(async () => {
    people = await PeopleService.start();
  }, 60_000);
  afterAll(() => people.close());

  it.each([[undefined], [1], [2]])('accounts for every row of an extract spoiled with seed %s', async (seed) => {
    const folder = mkdtempSync(join(tmpdir(), 'caseward-test-spoiled-'));
    spoil(folder, seed === undefined ? {} : { seed });
    const expected = judgeExtract(folder, beganAt).report.files.people;
    const csv = bytesOf(folder, 'people');
    rmSync(folder, { recursive: true });
    const { unknown_columns: _columns, ...found } = await people.import(new Uint8Array(csv!), { beganAt, dryRun: true });
    expect(found).toEqual(expected);
  }, 60_000);

  it('takes the whole example, and the second time nothing', async () => {
    const csv = new Uint8Array(bytesOf(example, 'people')!);
    const first = await people.import(csv);

    expect(first).toMatchObject({ read: first.imported, quarantined: 0, repeated: 0, already_present: 0 });
    expect(await people.import(csv)).toMatchObject({ read: first.read, imported: 0, already_present: first.read });
  }, 120_000);

  it('judges ages for a dry run as well, and throws it away', async () => {
    const run = v7();
    await people.import('person_ref,date_of_birth\nD1,2000-02-29\nD2,nonsense\n', { run, dryRun: true });
    const questions = [
      { reference: 'D1', on: '2018-02-28' },
      { reference: 'D1', on: '2018-03-01' },
      { reference: 'D1', on: '1999-01-01' },
      { reference: 'D1', on: null },
      { reference: 'D2', on: '2018-03-01' },
      { reference: 'D3', on: '2018-03-01' },
    ];
    const ages = async () => (await people.ask('POST', `/internal/imports/${run}/ages`, { questions }, { as: 'triage' })).body['ages'];
    const unknown = { ageBand: 'not_known', isUnder18: false };
    expect(await ages()).toEqual([
      { isKnown: true, ageBand: 'not_known', isUnder18: true },
      { isKnown: true, ageBand: '18-64', isUnder18: false },
      { isKnown: true, ageBand: 'not_known', isUnder18: true },
      { isKnown: true, ...unknown },
      { isKnown: true, ...unknown },
      { isKnown: false, ...unknown },
    ]);
    await fetch(`${people.url}/internal/imports/${run}`, { method: 'DELETE', headers: await people.issuer.as('operator') });
    expect(await ages()).toEqual(questions.map(() => ({ isKnown: false, ...unknown })));
    expect((await people.ask('GET', `/people/${recordIdOf('person', 'D1')}`)).status).toBe(404);
  });

  it('shows and mends rows set aside, of which nobody can tell whose they are, only for an administrator, and records that', async () => {
    await people.import('person_ref,given_name\n,Quillon\n,Zabriskie\n');
    const rows = '/internal/imports/quarantine';
    const as = (actor: string) => ({ as: actor });
    const { body } = await people.ask('GET', rows, undefined, as('staff-administrator-north-1'));
    const [{ id }, { id: other }] = body['items'] as [{ id: string }, { id: string }];
    const mending = { cells: { person_ref: 'M1', given_name: 'Quillon' } };
    for (const path of [rows, `${rows}.csv`, `${rows}/${id}`]) {
      expect([path, (await people.ask('GET', path)).status, (await fetch(people.url + path)).status]).toEqual([path, 403, 401]);
    }
    expect((await people.ask('POST', `${rows}/${id}/mend`, mending)).status).toBe(403);
    expect((await people.ask('GET', rows, undefined, as('staff-data-1'))).body).toMatchObject({ items: [], total: 0 });
    expect((await people.ask('GET', `${rows}/${id}`, undefined, as('staff-data-1'))).status).toBe(404);
    expect((await people.ask('POST', `${rows}/${id}/mend`, mending, as('staff-data-1'))).status).toBe(404);

    expect((await people.ask('GET', `${rows}/${id}`, undefined, as('staff-administrator-1'))).body).toMatchObject({ cells: { given_name: 'Quillon' } });
    const csv = await fetch(`${people.url}${rows}.csv`, { headers: await people.issuer.as('staff-administrator-1') });
    expect((await csv.text()).split('\n').slice(1)).toEqual([expect.stringContaining('Quillon'), expect.stringContaining('Zabriskie'), '']);
    expect((await people.ask('POST', `${rows}/${id}/mend`, mending, as('staff-administrator-2'))).status).toBe(200);
    expect(await readings()).toEqual([
      ['staff-administrator-1', [id], 'row set aside'],
      ['staff-administrator-1', [id, other], 'rows set aside, as CSV'],
      ['staff-administrator-2', [id], 'row set aside'],
    ]);
  });

  async function readings(): Promise<unknown[]> {
    const client = new Client({ connectionString: people.database.ownerUrl });
    await client.connect();
    const { rows } = await client.query(`select actor, record_ids, what from people.read_audit where what like 'row%' order by id`);
    await client.end();
    return rows.map(({ actor, record_ids, what }) => [actor, record_ids, what]);
  }

  it('keeps who they are sealed, and out of the journal', async () => {
    await people.import('person_ref,given_name,family_name,nhs_number\nS1,Quillon,Zabriskie,1234567890\n');
    const client = new Client({ connectionString: people.database.ownerUrl });
    await client.connect();
    const { rows: tables } = await client.query(`select table_name from information_schema.tables where table_schema = 'people'`);
    for (const { table_name } of tables) {
      const { rows } = await client.query(`select 1 from people.${table_name} as t where t::text ~* 'quillon|zabriskie|1234567890'`);
      expect({ table_name, rows }).toEqual({ table_name, rows: [] });
    }
    await client.end();
  });
});
