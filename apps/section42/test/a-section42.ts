import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type pg from 'pg';
import type { DataSource } from 'typeorm';
import type { ContractOf } from '#libs/contracts';
import { type Imported, Importer } from '#libs/extract';
import { connectClient, contractsAfter, dataSource, type Envelope, Intake, migrate, Narrative, seeing, type Seeing, type Sight, type Standing, transact, Vault, withRestricted } from '#libs/journal';
import { MessageContext } from '#libs/messaging';
import { Clock, Database, Follows, RestrictionsTold } from '#libs/platform';
import { peerAt, type TestDatabase, testDatabase } from '#libs/testing';
import { FromTriage } from '../src/enquiry/adapters/events/from-triage.js';
import { publish } from '../src/enquiry/adapters/events/publish.js';
import { AssumedEnquiriesController } from '../src/enquiry/adapters/extract/assumed-enquiries.controller.js';
import { EnquiriesSource } from '../src/enquiry/adapters/extract/enquiries-source.js';
import { columns } from '../src/enquiry/adapters/extract/judge-enquiry.js';
import { UnallocatedQueue } from '../src/enquiry/adapters/persistence/unallocated-queue.js';
import { enquirySlice } from '../src/enquiry/adapters/persistence/slice.js';
import { Enquiries, enquiryIdOf } from '../src/enquiry/application/enquiries.js';
import type { Enquiry } from '../src/enquiry/domain/enquiry.js';
import { migrations } from '../src/migrations/index.js';

export type FromTriageMessage = ContractOf<
  | 'safeguarding.concern.triaged.v1'
  | 'safeguarding.concern.imported.v1'
  | 'safeguarding.concern.reopened.v1'
  | 'safeguarding.concern.entered-in-error.v1'
>;

export const NOW = '2026-06-05T09:00:00.000000Z';

class FixedClock extends Clock {
  now(): string {
    return NOW;
  }
}

/** A service with its own database, taking files and messages as the real one does. */
export class ASection42 {
  readonly enquiries: Enquiries;
  readonly importer: Importer;
  /** Its database, seeing every row. */
  readonly all: Seeing;
  private readonly assumedEnquiries: AssumedEnquiriesController;
  private readonly fromTriage: FromTriage;

  private constructor(
    private readonly testDatabase: TestDatabase,
    private readonly source: DataSource,
    private readonly maintain: DataSource,
    triageUrl: string,
  ) {
    this.all = seeing(source, 'every');
    const vault = new Vault('section42', Buffer.alloc(32, 7));
    const narrative = new Narrative(vault);
    const database = new Database(source, vault, () => {});
    const clock = new FixedClock();
    this.enquiries = new Enquiries(enquirySlice, narrative);
    this.importer = new Importer(new EnquiriesSource(this.enquiries, vault, clock, peerAt(triageUrl)), database) as Importer;
    this.assumedEnquiries = new AssumedEnquiriesController(database, peerAt(triageUrl));
    this.fromTriage = new FromTriage(this.enquiries, clock);
  }

  static async make(triageUrl: string): Promise<ASection42> {
    const database = await testDatabase();
    await migrate({ url: database.url('section42', 'migrate'), schema: 'section42', migrations });
    const signedIn = (role: 'app' | 'maintain'): Promise<DataSource> => dataSource({ url: database.url('section42', role), name: 'section42' }).initialize();
    return new ASection42(database, await signedIn('app'), await signedIn('maintain'), triageUrl);
  }

  async import(rows: Partial<Record<string, string>>[], run: { id?: string; isDry?: boolean } = {}): Promise<Imported> {
    const names = [...columns.required, ...columns.optional];
    const lines = rows.map((row) => names.map((name) => row[name] ?? '').join(','));
    return this.importBytes(Buffer.from([names.join(','), ...lines].join('\n')), run);
  }

  async importBytes(bytes: Buffer, { id = randomUUID(), isDry = false }: { id?: string; isDry?: boolean } = {}): Promise<Imported> {
    return this.importer.take(Readable.from([bytes]), { id, beganAt: NOW, isDry });
  }

  async assumed(run: string = randomUUID()): Promise<number> {
    return (await this.assumedEnquiries.count(run)).assumed_enquiries;
  }

  /** One batch of messages, each taken once however often it comes. */
  async take(...batch: FromTriageMessage[]): Promise<void> {
    await new Intake(this.source).take(batch, async (isNew, tx) => {
      const fresh = batch.filter(({ id }) => isNew(id));
      if (fresh.length > 0) await this.fromTriage.decided(fresh, new MessageContext(tx));
    });
  }

  /** What triage tells of whom concerns are open to, in a transaction as its messages have. */
  async tell(work: (told: RestrictionsTold, context: MessageContext) => Promise<void>): Promise<void> {
    await transact(this.source, { sight: withRestricted(['E06000062']) }, (tx) => work(new RestrictionsTold(new Follows(enquiryIdOf)), new MessageContext(tx)));
  }

  /** The ids of the enquiries that a transaction sees, in the read table and by their stories. */
  async shown(sight: Sight): Promise<[string[], string[]]> {
    return transact(this.source, { sight }, async (tx) => {
      const ids = async (sql: string): Promise<string[]> => ((await tx.query(sql)) as { id: string }[]).map(({ id }) => id).toSorted();
      return [await ids('select id from enquiry'), await ids('select distinct record_id as id from journal')];
    });
  }

  /** Gives an enquiry to somebody, as a manager does. */
  async allocate(recordId: string, worker: string): Promise<void> {
    const [standing] = await this.standings(recordId);
    const type = standing?.state.status === 'allocated' ? 'ReallocateEnquiry' : 'AllocateEnquiry';
    const words = { textId: randomUUID(), hmac: 'invented' };
    const command = { type, at: NOW, by: 'staff-manager-2', worker, team: 'community_north', openTo: [], reason: words } as const;
    await transact(this.source, { sight: 'every' }, (tx) => this.enquiries.handle(tx, { recordId, command, context: { authority: 'E06000062', actor: 'staff-manager-2', recordedAt: NOW } }));
  }

  /** The queue of what waits for somebody, as far as a transaction sees. */
  waiting(sight: Sight): Promise<{ id: string; stranded: object | null }[]> {
    return transact(this.source, { sight }, async (tx) => (await new UnallocatedQueue(new FixedClock()).page(tx, { page: 1, sort: 'openedAt', direction: 'asc' })).items);
  }

  /** Keeps of somebody that they work here, or do no more. */
  async knows(actsAs: string, status: 'active' | 'disabled'): Promise<void> {
    await this.all.query(
      `insert into known_staff (id, acts_as, registered_sequence, roles, acts_for, roles_sequence, status, status_sequence) values ($1, $2, 1, '{manager}', 'E06000062', 2, $3, 3)
       on conflict (id) do update set status = excluded.status`,
      [enquiryIdOf(actsAs), actsAs, status],
    );
  }

  standings(...recordIds: string[]): Promise<Standing<Enquiry>[]> {
    return transact(this.source, { sight: 'every' }, (tx) => this.enquiries.standings(tx, recordIds));
  }

  /** Every row of the read table, as it would be drawn up again from the stories too. */
  rows(): Promise<Record<string, unknown>[]> {
    return this.all.query(`select * from enquiry order by reference`);
  }

  async told(): Promise<Envelope[]> {
    const all: Envelope[] = [];
    for await (const { envelope } of contractsAfter(this.maintain, { service: 'section42', after: 0, publish })) all.push(envelope);
    return all;
  }

  /** A connection of its own under the role that verifies and rebuilds. */
  maintaining(): Promise<pg.Client> {
    return connectClient({ url: this.testDatabase.url('section42', 'maintain'), name: 'test' });
  }

  async close(): Promise<void> {
    await Promise.all([this.source.destroy(), this.maintain.destroy()]);
    await this.testDatabase.close();
  }
}

/** A decision on a concern, as `triage` tells it. */
export function aDecision(concernId: string, change: Partial<ContractOf<'safeguarding.concern.triaged.v1'>['data']> = {}): ContractOf<'safeguarding.concern.triaged.v1'> {
  return {
    ...head(concernId, change.decision ?? 1),
    type: 'safeguarding.concern.triaged.v1',
    data: {
      decidedAt: '2025-06-01T09:00:00.000000Z',
      decision: 1,
      outcome: 's42_enquiry',
      limbs: { needs: 'yes', risk: 'yes', unable: 'yes' },
      notSafeguardingReason: null,
      ...change,
    },
  };
}

/** A concern that was imported with such a decision. */
export const anImport = (concernId: string, outcome: 's42_enquiry' | 'other_enquiry' = 's42_enquiry', decidedAt = '2025-06-01T09:00:00.000000Z'): ContractOf<'safeguarding.concern.imported.v1'> => ({
  ...head(concernId, 1),
  type: 'safeguarding.concern.imported.v1',
  data: {
    receivedAt: '2025-05-31T09:00:00.000000Z', channel: null, referrerType: null, abuseTypes: [], locationType: null, sourceOfRisk: null,
    immediateRisk: null, personId: null, ageBand: null,
    decision: { decidedAt, outcome, limbs: { needs: null, risk: null, unable: null }, notSafeguardingReason: null },
  },
});

/** That the concern was opened again. */
export const aReopening = (concernId: string, previousOutcome: 's42_enquiry' | 'other_enquiry' | 'quality_team' = 's42_enquiry', hasEnquiry?: boolean): ContractOf<'safeguarding.concern.reopened.v1'> => ({
  ...head(concernId, 9),
  type: 'safeguarding.concern.reopened.v1',
  data: { reopenedAt: '2025-07-01T09:00:00.000000Z', previousOutcome, ...(hasEnquiry === undefined ? {} : { hasEnquiry }) },
});

/** That the concern should never have been recorded. */
export const anErrorOf = (concernId: string, hasEnquiry?: boolean): ContractOf<'safeguarding.concern.entered-in-error.v1'> => ({
  ...head(concernId, 9),
  time: '2025-07-02T09:00:00.000000Z',
  type: 'safeguarding.concern.entered-in-error.v1',
  data: hasEnquiry === undefined ? {} : { hasEnquiry },
});

const head = (subject: string, sequence: number) => ({
  specversion: '1.0' as const,
  id: `${randomUUID()}:v1`,
  source: 'triage',
  subject,
  time: '2025-06-01T09:00:00.000000Z',
  recordedat: NOW,
  authority: 'E06000062',
  actor: 'staff-triage-1',
  sequence,
  causationid: null,
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  datacontenttype: 'application/json' as const,
});
