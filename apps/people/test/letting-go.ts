import { afterAll } from '@jest/globals';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { jetstream } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { Client } from 'pg';
import { v7 } from 'uuid';
import { PeopleService } from './people-service.js';

export const west = 'E06000062';
export const [one, another] = ['staff-data-1', 'staff-data-2'];
export const at = '2026-07-01T09:00:00.000000Z';
const received = { receivedAt: at, legacy: false, channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null, immediateRisk: null };

/** Somebody invented, born on the same day and living at the same place as all others here. */
export const invented = (familyName: string, nhsNumber: string) => ({ givenName: 'Ilka', familyName, dateOfBirth: '1946-05-01', nhsNumber, postcode: 'NN11 4FP' });

interface Listed {
  items: { id: string; onHold: boolean; proposedBy: string | null; dueOn: string }[];
  isWhole: boolean;
}

/** What `triage`, `section42` and `dols` answer here. */
class Others {
  readonly claims = new Map<string, object>();
  /** Of whom a service says that it knows a record. */
  readonly named = { triage: new Set<string>(), dols: new Set<string>() };
  /** The concerns of which an enquiry is left. */
  readonly enquiries = new Set<string>();
  /** The services that do not answer. */
  readonly away = new Set<string>();
  private readonly servers: Server[] = [];

  async listen(name: 'triage' | 'section42' | 'dols'): Promise<string> {
    const server = createServer(async (request, response) => {
      if (request.method === 'GET') return void response.end();
      const { ids = [], people: asked = [], concernIds = [] } = (await json(request)) as { ids?: string[]; people?: string[]; concernIds?: string[] };
      const answers: Record<string, () => object> = {
        '/internal/claims': () => ({ claims: ids.flatMap((id) => this.claims.get(id) ?? []) }),
        '/internal/people-named': () => ({ people: asked.filter((id) => this.named[name as 'triage' | 'dols'].has(id)) }),
        '/internal/enquiries/disposed': () => ({ enquiries: concernIds.map((concernId) => ({ concernId, enquiryId: v7(), isDisposed: !this.enquiries.has(concernId), onHold: false })) }),
      };
      const isAway = this.away.has(name) && request.url !== '/internal/claims';
      response.writeHead(isAway ? 503 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[request.url!]!()));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    this.servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  close(): void {
    for (const server of this.servers) {
      server.closeAllConnections();
      server.close();
    }
  }
}

/** `people` with those who hold records about people. */
class LettingGo {
  constructor(
    readonly people: PeopleService,
    readonly others: Others,
    private readonly broker: NatsConnection,
    private readonly owner: Client,
  ) {}

  readonly publish = (type: string, subject: string, data: object, { source = 'triage', authority = west } = {}) =>
    jetstream(this.broker).publish(type, JSON.stringify({
      specversion: '1.0', id: `${v7()}:v1`, type, source, subject, time: at, recordedat: at,
      authority, actor: null, sequence: 1, causationid: null, traceparent: null, datacontenttype: 'application/json', data,
    }));
  readonly rows = async (sql: string, ...values: unknown[]) => (await this.owner.query(sql, values)).rows;
  readonly eventually = async (isSo: () => Promise<boolean>): Promise<void> => {
    while (!(await isSo())) await pause(20);
  };

  /** A concern about somebody, and who that is found to be. */
  readonly concernAbout = async (person: object, authority = west): Promise<{ recordId: string; personId: string }> => {
    const recordId = v7();
    this.others.claims.set(recordId, { recordId, recordKind: 'concern', authority, receivedAt: at, person });
    await this.publish('safeguarding.concern.received.v1', recordId, received, { authority });
    await this.eventually(async () => (await this.rows('select 1 from claim where record_id = $1', recordId)).length > 0);
    return { recordId, personId: (await this.rows('select person_id from claim where record_id = $1', recordId))[0].person_id as string };
  };
  readonly isLetGo = async (recordId: string): Promise<boolean> => (await this.rows(`select 1 from journal where type = 'RecordLetGo' and data ->> 'recordId' = $1`, recordId)).length > 0;
  readonly disposedOf = async ({ recordId, personId, authority = west }: { recordId: string; personId: string; authority?: string }, kind = 'concern'): Promise<void> => {
    await this.publish(`safeguarding.${kind}.disposed.v1`, recordId, { personId }, { source: kind === 'concern' ? 'triage' : 'dols', authority });
    await this.eventually(() => this.isLetGo(recordId));
  };
  /** Somebody whom no record needs any more. */
  readonly unneeded = async (person: object): Promise<string> => {
    const concern = await this.concernAbout(person);
    await this.disposedOf(concern);
    return concern.personId;
  };

  readonly due = async (as = one): Promise<Listed> => (await this.people.ask('GET', '/retention/due?limit=200', undefined, { as })).body as unknown as Listed;
  readonly isDue = async (id: string, as = one): Promise<boolean> => (await this.due(as)).items.some((item) => item.id === id);
  readonly review = (id: string, as = one) => this.people.ask('GET', `/people/${id}/retention`, undefined, { as });
  readonly act = async (id: string, what: string, as: string, body: object = {}) =>
    this.people.ask('POST', `/people/${id}/${what}`, body, { as, 'if-match': `"${(await this.rows('select sequence from person where person_id = $1', id))[0].sequence}"` });
  readonly dispose = async (id: string): Promise<void> => {
    const proposed = await this.act(id, 'disposal/propose', one);
    const { body } = await this.act(id, 'disposal/confirm', another);
    if (proposed.status !== 200 || body['id'] !== id || body['status'] !== 'disposed' || body['onHold'] !== false) throw new Error(`not disposed of: ${JSON.stringify([proposed.body, body])}`);
  };
  readonly count = async (table: string, id: string, column = 'person_id'): Promise<number> => Number((await this.rows(`select count(*) as n from ${table} where ${column} = $1`, id))[0].n);
  readonly leftOf = async (id: string): Promise<number[]> => Promise.all([this.count('identity', id), this.count('person_token', id), this.count('claim', id), this.count('record_key', id, 'record_id'), this.count('narrative', id, 'record_id')]);

  readonly nameOf = async (id: string): Promise<unknown> => ((await this.people.ask('GET', `/people/${id}`, undefined, { as: 'staff-triage-1' })).body['identity'] as { familyName: string } | null)?.familyName;
  readonly isFound = async (id: string, familyName: string): Promise<boolean> =>
    ((await this.people.ask('POST', '/people/find', { familyName, why: 'A test.', yearOfBirth: 1946 }, { as: one })).body['people'] as { id: string }[]).some((one) => one.id === id);

  /** What verifying finds in the story, its seals and whatever is kept beside it. */
  readonly found = async (): Promise<object[]> => {
    const answer = await fetch(`${this.people.url}/internal/verify`, { headers: await this.people.issuer.as('operator') });
    const lines = (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line) as { check: string; what?: string; failed?: string });
    const unasked = ['chain', 'keys', 'read-tables', 'identities', 'claims'].filter((name) => !lines.some(({ check }) => check === name));
    if (unasked.length > 0) throw new Error(`nothing was said of ${unasked.join(', ')}`);
    // For restrictions and for what the inbox lacks the publishers are asked, and there are none here.
    return lines.filter(({ check, what, failed }) => !['restrictions', 'namings', 'inbox'].includes(check) && (what ?? failed) !== undefined);
  };
  readonly rebuild = async (): Promise<object> => {
    const answer = await fetch(`${this.people.url}/internal/rebuild/read-tables`, { method: 'POST', headers: await this.people.issuer.as('operator') });
    return JSON.parse((await answer.text()).trim().split('\n').at(-1)!) as object;
  };
}

/** `people` for all tests of a file about whom no record needs any more. */
export async function lettingGo(): Promise<LettingGo> {
  const others = new Others();
  const people = await PeopleService.start({ triage: await others.listen('triage'), section42: await others.listen('section42'), dols: await others.listen('dols') });
  const { user, password } = people.broker.login('set-up');
  const broker = await connect({ servers: people.broker.url, user, pass: password, inboxPrefix: `_INBOX_${user}` });
  const owner = new Client({ connectionString: people.database.ownerUrl, options: '-c search_path=people' });
  await owner.connect();
  afterAll(async () => {
    await owner.end();
    await broker.close();
    await people.close();
    others.close();
  });
  return new LettingGo(people, others, broker, owner);
}
