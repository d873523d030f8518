import { randomUUID } from 'node:crypto';
import type { Action } from '#libs/access';
import { Browser } from '../../libs/testing/src/browser.ts';
import { eventually } from '../asking.ts';
import { fitting } from '../fitting.ts';
import { awkward, sample, type Schema, searched, spoiled } from '../junk.ts';
import { decision, raise } from '../line.ts';
import { settledRows } from '../rows.ts';
import { TestSystem } from '../system.ts';

interface Operation {
  parameters?: { name: string; in: 'path' | 'query'; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  'x-needs'?: Action;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
}
interface Sent {
  actor: string;
  method: string;
  path: string;
  body?: string;
  headers?: Record<string, string>;
}

const system = new TestSystem({ LOG_LEVEL: 'silent' });
beforeAll(() => system.start(), 120_000);
afterAll(() => system.remove(), 60_000);

/** What would end a statement, widen it or leave the folder, if it were ever more than text. */
const injections = [`' or '1'='1`, `'; drop table journal; --`, `1) union select null, version() --`, `x' or 1=1) --`, '%', '_%', '../../etc/passwd', '{"$ne":null}', '$1', '\\'];
/** What finds nothing wherever it is asked for. */
const nobody = 'zzyxqv';

const services = ['people', 'triage', 'section42', 'dols', 'directory', 'metrics'];
const json = { 'content-type': 'application/json' };

/** The searches that were answered, and not refused for something else. */
const answered = new Set<string>();

describe.each(services)('%s', (service) => {
  const send = async ({ actor, method, path, body, headers = {} }: Sent) => {
    const answer = await fetch(`${system.url(service)}${path}`, {
      method,
      headers: { ...(await system.headersOf(actor)), ...(method === 'POST' ? { 'idempotency-key': randomUUID(), 'if-match': '"1"' } : {}), ...headers },
      ...(body === undefined ? {} : { body }),
    });
    const text = await answer.text();
    return { status: answer.status, type: answer.headers.get('content-type'), text };
  };
  /** Everything that was answered otherwise than with a clear no. */
  const notRefused = async (tries: { what: string; sent: Sent }[]): Promise<string[]> => {
    const taken: string[] = [];
    for (const { what, sent } of tries) {
      const { status, type, text } = await send(sent);
      const isProblem = status >= 400 && status < 500 && type?.startsWith('application/problem+json');
      if (!isProblem) taken.push(`${sent.method} ${sent.path.slice(0, 100)}, ${what}: ${status} ${type} ${text.slice(0, 150)}`);
    }
    return taken;
  };
  const operations = async () => {
    const document = (await (await fetch(system.running.services[service]!.openapi)).json()) as Document;
    return Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ actor: fitting(path, operation['x-needs']), method: method.toUpperCase(), path, operation, schema: operation.requestBody?.content['application/json']?.schema })),
    );
  };

  let before: Record<string, number>;
  beforeAll(async () => {
    before = await settledRows(system.running.postgres.url);
  }, 60_000);

  it('ASVS 5.0 V2.2.1, V15.3.3, check 4: refuses every body that its own document does not allow', async () => {
    const tries = (await operations()).flatMap(({ actor, method, path, operation, schema }) => {
      if (!schema) return [];
      const to = { actor, method, path: filled(path, operation), headers: json };
      return [...spoiled(schema)].map(({ what, value }) => ({ what, sent: { ...to, body: JSON.stringify(value) } }));
    });
    expect(await notRefused(tries)).toEqual([]);
  }, 120_000);

  it('ASVS 5.0 V1.5.2, V15.3.6, checks 4 and 15: refuses what is not JSON, not whole, too long or of another kind', async () => {
    const tries = (await operations()).flatMap(({ actor, method, path, operation, schema }) => {
      if (!schema) return [];
      const to = { actor, method, path: filled(path, operation) };
      const whole = JSON.stringify(sample(schema));
      return [
        { what: 'half a body', sent: { ...to, headers: json, body: '{"half":' } },
        { what: 'a body that poisons', sent: { ...to, headers: json, body: '{"__proto__":{"admin":true}}' } },
        { what: 'two megabytes', sent: { ...to, headers: json, body: JSON.stringify({ worry: 'x'.repeat(2 ** 21) }) } },
        { what: 'text', sent: { ...to, headers: { 'content-type': 'text/plain' }, body: whole } },
        { what: 'a form', sent: { ...to, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=1' } },
        { what: 'CSV', sent: { ...to, headers: { 'content-type': 'text/csv' }, body: 'a,b\n1,2\n' } },
        { what: 'no such kind', sent: { ...to, headers: { 'content-type': '\u00ff/\u00fe;;' }, body: whole } },
      ];
    });
    expect(await notRefused(tries)).toEqual([]);
  }, 120_000);

  it('ASVS 5.0 V1.2.4, V15.3.7, checks 2 and 4: refuses addresses, questions and headers that mean nothing', async () => {
    const tries = (await operations()).flatMap(({ actor, method, path, operation }) => {
      const body = operation.requestBody ? { body: '{}', headers: json } : {};
      const inPath = path.includes('{') ? ['no-such-thing', '%00', '..%2f..%2fetc', 'x'.repeat(90)] : [];
      const good = filled(path, operation);
      const asked = (operation.parameters ?? []).filter((one) => one.in === 'query' && isNarrow(one.schema));
      return [
        ...inPath.map((id) => ({ what: 'an id that is none', sent: { actor, method, path: path.replaceAll(/\{\w+\}/g, id), ...body } })),
        ...asked.map(({ name }) => ({ what: `a wrong ${name}`, sent: { actor, method, path: `${good}?${name}=%00wrong'--`, ...body } })),
        ...asked.map(({ name }) => ({ what: `${name} twice`, sent: { actor, method, path: `${good}?${name}=wrong&${name}[]=wrong`, ...body } })),
      ];
    });
    expect(await notRefused(tries)).toEqual([]);
  }, 120_000);

  it('ASVS 5.0 V2.2.1, check 4: has stored nothing of all that it refused', async () => {
    expect(await settledRows(system.running.postgres.url)).toEqual(before);
  }, 60_000);

  it('breaks at nothing that it may take', async () => {
    const broken: string[] = [];
    for (const { actor, method, path, operation, schema } of await operations()) {
      const bodies = schema ? [sample(schema), awkward(schema), awkward(schema, '\ud800')].map((value) => JSON.stringify(value)) : [undefined];
      for (const body of bodies) {
        const headers = body === undefined ? {} : json;
        const { status, text } = await send({ actor, method, path: `${filled(path, operation)}?nobody[knows]=%00`, headers, ...(body === undefined ? {} : { body }) });
        if (status >= 500) broken.push(`${method} ${path}: ${status} ${text.slice(0, 150)}`);
      }
    }
    expect(broken).toEqual([]);
  }, 120_000);

  // By now there is something to find.
  it('ASVS 5.0 V1.2.4, check 2: asks the database nothing of its own in any search, whether it is in the address or in the body', async () => {
    const wrong: string[] = [];
    for (const { what, ask } of (await operations()).flatMap(searches)) {
      const plain = await send(ask(nobody));
      if (plain.status === 200) answered.add(`${service}: ${what}`);
      await Promise.all(injections.map(async (injection) => {
        const { status, text } = await send(ask(injection));
        if (status >= 500 || (status === 200 && isMore(text, plain.text)) || /PostgreSQL|syntax error|at Object|node_modules/.test(text)) wrong.push(`${what}, ${injection}: ${status} ${text.slice(0, 150)}`);
      }));
    }
    expect(wrong).toEqual([]);
  }, 120_000);
});

describe('a provider’s answer at the partner site', () => {
  /** Up to the site's door; what the provider is asked may be changed on the way. */
  async function answered(change: (asked: URLSearchParams) => void = () => {}): Promise<{ visiting: Browser; back: URL }> {
    const [visiting, home] = [new Browser(), system.running.sites.partner];
    const asked = new URL((await visiting.open(`${home}/sign-in?to=/concerns/raised`, { stay: true })).url);
    change(asked.searchParams);
    const choosing = await visiting.open(asked.href);
    let seen = await visiting.open(choosing.url, { form: { other: 'staff-partner-1' }, stay: true });
    while (!seen.url.startsWith(home)) seen = await visiting.open(seen.url, { stay: true });
    return { visiting, back: new URL(seen.url) };
  }
  const isIn = async (visiting: Browser): Promise<boolean> => (await visiting.open(`${system.running.sites.partner}/concerns/raised`, { stay: true })).status === 200;
  const refused = async (visiting: Browser, back: URL): Promise<void> => {
    const { status, text } = await visiting.open(back.href);
    expect([status, text.includes('You are not signed in'), await isIn(visiting)]).toEqual([400, true, false]);
  };

  it('ASVS 5.0 V10.1.2, V10.5.1, check 28: is taken as it was asked for, in the browser that asked, once', async () => {
    for (const what of ['state', 'code', 'iss']) {
      const { visiting, back } = await answered();
      back.searchParams.set(what, what === 'iss' ? 'http://evil.example' : 'x'.repeat(43));
      await refused(visiting, back);
    }
    for (const what of ['nonce', 'code_challenge']) {
      const { visiting, back } = await answered((asked) => asked.set(what, 'x'.repeat(43)));
      await refused(visiting, back);
    }
    const { visiting, back } = await answered();
    await refused(new Browser(), back);
    expect([(await visiting.open(back.href)).status, await isIn(visiting)]).toEqual([200, true]);
    await refused(new Browser(), back);
  }, 30_000);
});

it('every search that is sent rather than asked in an address was answered', () => {
  const sent = ['people: POST /people/find', 'triage: POST /concerns/find', ...['triage', 'section42', 'dols'].map((service) => `${service}: POST /retention/find`)];
  expect([...answered]).toEqual(expect.arrayContaining(sent));
});

it('keeps awkward words as they are, and stands after all of it', async () => {
  const triage = system.as('triage', 'staff-triage-1');
  const worry = 'Ünïcode 💔 \u202e "quoted" <script>alert(1)</script> \'; drop table journal; --';
  const { body, status } = await triage.post('/concerns', { ...raise, worry, person: { familyName: 'O’Néill-Ñ <b>', givenName: 'İpek' } });
  expect(status).toBe(201);
  const known = await eventually(() => triage.get(`/concerns/${body.id}`), (answer) => answer.body.personId !== null);
  expect((await triage.post(`/concerns/${body.id}/triage`, decision, { etag: known.etag })).status).toBe(200);
  for (const service of services) expect((await fetch(`${system.url(service)}/health`)).status).toBe(200);
});

function filled(path: string, { parameters = [] }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) => String(sample(parameters.find((one) => one.name === name)?.schema ?? {})));
}

/** Whether a question's answer is narrow enough that not every text is one. */
function isNarrow({ type, enum: options, pattern, format }: Schema): boolean {
  return type !== 'string' || Boolean(options ?? pattern ?? format);
}

type Asked = Omit<Sent, 'body' | 'headers'> & { operation: Operation; schema: Schema | undefined };

/** Everything that can be asked for in words: each question of an address, and each text of a body that is about no one record. */
function searches({ actor, method, path, operation, schema }: Asked): { what: string; ask: (text: string) => Sent }[] {
  const asked = (operation.parameters ?? []).filter((one) => one.in === 'query' && one.schema.type === 'string');
  const inAddress = asked.map(({ name }) => ({
    what: `${method} ${path}?${name}`,
    ask: (text: string): Sent => ({ actor, method, path: `${filled(path, operation)}?${name}=${encodeURIComponent(text)}`, ...(schema ? { body: JSON.stringify(sample(schema)), headers: json } : {}) }),
  }));
  const bodies = schema && !path.includes('{') ? searched(schema, '').length : 0;
  const inBody = Array.from({ length: bodies }, (_, at) => ({ what: `${method} ${path}`, ask: (text: string): Sent => ({ actor, method, path, headers: json, body: JSON.stringify(searched(schema!, text)[at]) }) }));
  return [...inAddress, ...inBody];
}

/** Whether an answer lists more than another. */
function isMore(text: string, than: string): boolean {
  const rowsIn = (said: string): number => (said.startsWith('{"') ? Object.values(JSON.parse(said) as object) : []).reduce<number>((sum, value) => sum + (Array.isArray(value) ? value.length : 0), 0);
  return rowsIn(text) > rowsIn(than);
}
