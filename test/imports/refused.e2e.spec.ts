import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TestSystem } from '../system.ts';

const system = new TestSystem();
const folder = mkdtempSync(join(tmpdir(), 'caseward-refused-'));
beforeAll(() => system.start(), 120_000);
afterAll(async () => {
  await system.remove();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

function extract(name: string, files: Record<string, string | Buffer>): string {
  mkdirSync(join(folder, name));
  for (const [file, content] of Object.entries(files)) writeFileSync(join(folder, name, file), content);
  return join(folder, name);
}

const people = 'person_ref,gender\nP1,female\nP2,male\n';

describe('an import that cannot be done', () => {
  it.each([
    ['no folder', () => join(folder, 'nowhere'), /nowhere cannot be imported: there is no such folder/],
    ['a file instead of a folder', () => join(extract('file', { x: '' }), 'x'), /that is a file, not a folder/],
    ['nothing to import', () => extract('nothing', { 'readme.txt': 'x' }), /has none of people.csv/],
    ['a file twice', () => extract('twice', { 'people.csv': people, 'people.csv.gz': gzipSync(people) }), /has both people.csv and people.csv.gz/],
    ['a file that is broken', () => extract('broken', { 'people.csv.gz': gzipSync(people).subarray(0, 30) }), /people.csv.gz could not be read to its end .*import it again/],
    ['a folder for a file', () => { const at = extract('folder', {}); mkdirSync(join(at, 'people.csv')); return at; }, /people.csv cannot be read/],
  ])('says what is wrong and what to do: %s', async (_name, make, message) => {
    const { status, out, err } = await system.run('import', make(), '--json');
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(message);
  }, 60_000);

  it('refuses a whole file for a missing column or one that is there twice, and takes the others', async () => {
    const at = extract('columns', {
      'people.csv': people,
      'concerns.csv': 'concern_ref,authority,channel,channel\nC1,E06000062,online,online\n',
    });
    const { status, out, err } = await system.run('import', at, '--json');
    const { files } = JSON.parse(out) as { files: Record<string, { imported: number; refused?: string[] }> };
    expect(status).toBe(1);
    expect(err).toContain('concerns was refused as a whole: person_ref, received_at, duplicate_column:channel. Mend its header row and import it again.');
    expect(files['people']).toMatchObject({ imported: 2 });
    expect(files['concerns']).toMatchObject({ read: 0, imported: 0, refused: ['person_ref', 'received_at', 'duplicate_column:channel'] });
  }, 60_000);

  it('takes a row that was mended', async () => {
    const at = extract('mending', { 'concerns.csv': 'concern_ref,authority,person_ref,received_at\nC2,E06000062,P1,2025-02-30\n' });
    await system.run('import', at, '--json');
    const data = system.as('triage', 'staff-data-1');
    const { body: list } = await data.get('/internal/imports/quarantine');
    expect(list.items).toEqual([expect.objectContaining({ file: 'concerns', line: 2, codes: ['bad_value:received_at'] })]);
    const [{ id }] = list.items;
    const { body: row } = await data.get(`/internal/imports/quarantine/${id}`);
    const still = await data.post(`/internal/imports/quarantine/${id}/mend`, { cells: { ...row.cells, person_ref: 'P9' } });
    expect([still.status, still.body.codes]).toEqual([422, ['bad_value:received_at', 'unknown_reference:person_ref']]);
    const taken = await data.post(`/internal/imports/quarantine/${id}/mend`, { cells: { ...row.cells, received_at: '2025-02-28T10:00' } });
    expect(taken.status).toBe(200);
    expect((await data.get('/internal/imports/quarantine')).body.total).toBe(0);
    expect((await data.get(`/internal/imports/quarantine/${id}`)).status).toBe(404);
    const again = await system.run('import', at, '--json');
    expect(JSON.parse(again.out).files.concerns.codes).toEqual({ 'bad_value:received_at': 1, duplicate_reference: 1 });
    expect((await data.get('/internal/imports/quarantine')).body.total).toBe(0);
  }, 60_000);
});

describe('a report that cannot be made', () => {
  it.each([
    [['--as-of', '2025-02-30'], /as_of/],
    [[], /Say as of which day/],
    [['--as-of', '2025-07-31', '--authority', 'E99'], /authority/],
    [['--as-of', '2025-07-31', '--known-at', 'yesterday'], /known_at/],
    [['--wrong'], /--wrong/],
  ])('says so: %j', async (args, message) => {
    const { status, out, err } = await system.run('report', ...args, '--json');
    expect([status, out]).toEqual([1, '']);
    expect(err).toMatch(message);
  }, 60_000);
});
