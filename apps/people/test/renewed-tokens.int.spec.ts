import { Client } from 'pg';
import { v7 } from 'uuid';
import { recordIdOf } from '#libs/extract';
import { Vault } from '#libs/journal';
import { NotYet } from '#libs/messaging';
import { Database } from '#libs/platform';
import { TokenKey } from '../src/person/adapters/persistence/keyed-tokens.js';
import { RenewedTokens } from '../src/person/adapters/persistence/renewed-tokens.js';
import type { SealedPersonFile } from '../src/person/adapters/persistence/sealed-person-file.js';
import { ClaimSource, type GivenPerson } from '../src/person/application/claim-source.js';
import { IdentifyRecords } from '../src/person/application/identify-records.js';
import { PersonFile } from '../src/person/application/person-file.js';
import { PeopleService } from './people-service.js';

const people = ['person_ref,given_name,family_name,date_of_birth,nhs_number,postcode', 'P1,Vera,Varga,1946-05-01,9997019903,NN11 4FP', 'P2,Anna,Olsen,1951-03-02,,NN11 4FQ', 'P3,Bela,Nobody,1950-01-01,,', 'P4,,,,9990000018,'].join('\n');
const [vera, anna, bela] = ['P1', 'P2', 'P3'].map((reference) => recordIdOf('person', reference));

let service: PeopleService;
let owner: Client;
let asked = 0;
beforeAll(async () => {
  service = await PeopleService.start();
  owner = new Client({ connectionString: service.database.ownerUrl, options: '-c search_path=people -c session_replication_role=replica' });
  await owner.connect();
  await service.import(people);
}, 60_000);
afterAll(async () => {
  await owner.end();
  await service.close();
});

const tokens = async (...besides: string[]): Promise<object[]> => (await owner.query('select kind, token, person_id from person_token where not person_id = any($1) order by person_id, token', [besides])).rows;

/** As a service from before filed them: by one thing each, and by a year, a sector and how a surname begins besides. */
async function findAsBefore(): Promise<void> {
  const keyed = new TokenKey(service.app.get(Vault)).keyedUnderEach()[0]!;
  await owner.query(`delete from person_token where kind in ('name', 'near', 'cut', 'called') and person_id = any($1)`, [[vera, anna, bela]]);
  const before: [string | undefined, string[]][] = [[vera, ['prefix:var', 'year:1946', 'sector:NN114']], [anna, ['prefix:ols', 'year:1951', 'sector:NN114']], [bela, ['prefix:nob', 'year:1950']], [v7(), ['year:1950']]];
  for (const [personId, plain] of before) for (const one of plain) await owner.query('insert into person_token (token, kind, person_id) values ($1, $2, $3)', [keyed(one), one.slice(0, one.indexOf(':')), personId]);
}

/** A record comes in that says this of its person. Returns whom they may be. */
async function identify(person: GivenPerson): Promise<string[]> {
  const recordId = v7();
  service.app.get(ClaimSource).ask = async () => {
    asked += 1;
    return new Map([[recordId, { recordId, recordKind: 'concern', authority: 'E06000062', receivedAt: '2026-07-01T09:00:00.000000Z', person }]]);
  };
  await service.app.get(Database).transaction('every', (tx) => service.app.get(IdentifyRecords).execute(tx, [{ recordId, recordKind: 'concern', messageId: `${v7()}:v1`, traceparent: null }]));
  const { rows } = await owner.query<{ id: string }>('select other_person_id as id from possible_match where record_id = $1', [recordId]);
  return rows.map(({ id }) => id);
}

const another = async (): Promise<RenewedTokens> => new RenewedTokens({ database: service.app.get(Database), file: service.app.get(PersonFile) as unknown as SealedPersonFile, config: (await import('../src/config.js')).config });

describe('people who are found as they were before an update', () => {
  it('are found by what they should be when it was made anew, by whichever process; until then nobody is identified', async () => {
    const right = await tokens();
    await findAsBefore();
    const unlike = await tokens();
    await expect(identify({ givenName: 'Vera', familyName: 'Verga', postcode: 'NN11 4FP' })).rejects.toThrow(NotYet);
    expect([asked, await tokens()]).toEqual([0, unlike]);
    await Promise.all([service.app.get(RenewedTokens).go(), (await another()).go()]);
    expect(await tokens()).toEqual(right);
    await (await another()).go();
    expect(await tokens()).toEqual(right);
    expect(await identify({ givenName: 'Vera', familyName: 'Verga', postcode: 'NN11 4FP' })).toEqual([vera]);
  });

  it('hold up nobody where one of them cannot be opened: they stay found by what else they were', async () => {
    const right = await tokens(bela!);
    await owner.query('update identity set sealed = set_byte(sealed, 40, get_byte(sealed, 40) # 1) where person_id = $1', [bela]);
    await findAsBefore();
    await service.app.get(RenewedTokens).go();
    expect(await tokens(bela!)).toEqual(right);
    const { rows } = await owner.query('select kind from person_token where person_id = $1 order by kind', [bela]);
    expect(rows.map(({ kind }) => kind)).toEqual(['born', 'sound', 'surname']);
    expect(await identify({ givenName: 'Edit', familyName: 'Bodor' })).toEqual([]);
  });
});
