import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Database } from '#libs/platform';
import { ADirectory, type Given } from './a-directory.js';

interface Named {
  id: number;
  authority: string;
  kind: string | null;
  name: string;
}

const named: Record<string, Named[]> = {
  concerns: [
    { id: 1, authority: 'E06000062', kind: 'nhs_acute', name: 'Canaryname Hospital' },
    { id: 4, authority: 'E06000062', kind: 'self', name: 'Canaryname  HOSPITAL ' },
    { id: 5, authority: 'E06000061', kind: 'police', name: 'Canaryname Police' },
  ],
  dols: [{ id: 2, authority: 'E06000062', kind: null, name: 'Canaryname Home' }],
};
const servers: Server[] = [];
let directory: ADirectory;

/** A service that took a file, a name a page. */
async function aFile(file: string): Promise<string> {
  const server = createServer((request, response) => {
    if (!request.headers.authorization?.startsWith('Bearer ')) return void response.writeHead(401).end();
    const after = Number(new URL(request.url!, 'http://x').searchParams.get('after'));
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ items: named[file]!.filter(({ id }) => id > after).slice(0, 1) }));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeAll(async () => {
  directory = await ADirectory.make({ TRIAGE_URL: await aFile('concerns'), DOLS_URL: await aFile('dols') });
}, 60_000);
afterAll(async () => {
  await directory?.close();
  for (const server of servers) server.close();
});

const ask = (method: 'GET' | 'POST', url: string, given: Given = {}) => directory.ask(method, url, url.startsWith('/internal/') ? given : { as: 'staff-data-1', ...given });
const act = async (url: string, what: string, body: object) => ask('POST', `${url}/${what}`, { body, seen: (await ask('GET', url)).etag });
const waiting = async (as = 'staff-data-1') => (await ask('GET', '/mentions', { as })).body['items'] as { id: string; name: string; kind: string | null; file: string }[];

describe('the organisations that an extract names', () => {
  it('wait to be matched, each once however it is written, in their authority', async () => {
    expect((await ask('POST', '/internal/mentions/gather')).body).toEqual({ found: 3, away: [] });
    expect((await ask('POST', '/internal/mentions/gather')).body).toEqual({ found: 0, away: [] });
    expect((await waiting()).map(({ name, kind, file }) => [name, kind, file]).toSorted()).toEqual([['Canaryname Home', null, 'dols'], ['Canaryname Hospital', 'nhs_acute', 'concerns']]);
    expect(await waiting('staff-data-north-1')).toMatchObject([{ name: 'Canaryname Police' }]);
    expect((await ask('GET', '/mentions', { as: 'staff-board-1' })).status).toBe(403);
  });

  it('are matched by a person, with one that is there or a new one', async () => {
    const [home, hospital] = (await waiting()).toSorted((a, b) => (a.name < b.name ? -1 : 1)).map(({ id }) => `/mentions/${id}`);
    const { body: made } = await act(hospital!, 'new', { kind: 'nhs_acute' });
    expect(made).toMatchObject({ status: 'matched', organisationId: expect.any(String) });
    expect((await ask('GET', `/organisations/${made['organisationId']}`)).body).toMatchObject({ status: 'open', kind: 'nhs_acute', name: 'Canaryname Hospital' });
    const foreign = (await ask('GET', '/organisations', { as: 'staff-data-north-1' })).body['items'] as { id: string }[];
    expect((await act(home!, 'match', { organisationId: foreign[0]!.id })).body).toMatchObject({ code: 'mention/no-such-organisation' });
    expect((await act(home!, 'match', { organisationId: made['organisationId'] })).body).toMatchObject({ status: 'matched' });
    expect((await act(home!, 'new', { kind: 'care_home' })).body).toMatchObject({ code: 'mention/reason-required' });
    expect(await waiting()).toEqual([]);
    expect((await ask('GET', '/organisations?limit=200')).body['items']).not.toContainEqual(expect.objectContaining({ name: 'Canaryname Home' }));
    expect((await act(home!, 'dismiss', { reason: 'a neighbour' })).body).toMatchObject({ status: 'dismissed', organisationId: null });
  });

  it('stand in no journal, and in their read table as the stories make it', async () => {
    expect(await directory.app.get(Database).seeing('every').query(`select 1 from journal as kept where kept::text ilike '%canaryname%'`)).toEqual([]);
    expect((await directory.lines('/internal/verify')).filter(({ check, what }) => check === 'read-tables' && what !== undefined)).toEqual([]);
  });

  it('are asked for again where a service was away', async () => {
    servers[1]!.close();
    servers[1]!.closeAllConnections();
    expect((await ask('POST', '/internal/mentions/gather')).body).toEqual({ found: 0, away: ['dols'] });
  });
});
