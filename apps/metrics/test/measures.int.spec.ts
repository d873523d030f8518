import { StandardSchemaValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { join } from 'node:path';
import type { AnyContract } from '#libs/contracts';
import { TokenVerifier } from '#libs/identity';
import { Clock, Database, invalid, Membership, Pace, ProblemFilter, programClients, Programs, RightsGuard, TokenMembership } from '#libs/platform';
import { TestIssuer } from '#libs/testing';
import { judgeExtract } from '../../../test/oracle/judge.ts';
import { MeasuresController } from '../src/measures/adapters/http/measures.controller.js';
import { SqlFactReader } from '../src/measures/adapters/sql/sql-fact-reader.js';
import { FactReader } from '../src/measures/application/fact-reader.js';
import { eventsOf } from './example-events.js';
import { MetricsDatabase } from './metrics-database.js';

interface Definition { key: string; title: string; definition: string; split_by: string[] }
interface Answer { periods: { name: string; figures: Record<string, number>; split: Record<string, Record<string, number | string>> }[] }

describe('asking for a measure', () => {
  let metrics: MetricsDatabase;
  let app: NestFastifyApplication;
  let issuer: TestIssuer;
  let events: AnyContract[];

  beforeAll(async () => {
    [metrics, issuer] = await Promise.all([MetricsDatabase.make(), TestIssuer.start()]);
    events = eventsOf(judgeExtract(join(import.meta.dirname, '../../../examples/northamptonshire'), '2025-08-01T00:00:00Z').rows);
    await metrics.take(events);
    const module = await Test.createTestingModule({
      controllers: [MeasuresController],
      providers: [
        { provide: APP_GUARD, useClass: RightsGuard },
        { provide: TokenVerifier, useValue: TokenVerifier.at(issuer.url) },
        { provide: Membership, useValue: new TokenMembership(new Map(), true) },
        { provide: Pace, useValue: new Pace(1_000) },
        { provide: Programs, useValue: new Programs(programClients.parse('')) },
        { provide: FactReader, useClass: SqlFactReader },
        { provide: Database, useValue: { source: metrics.source } },
        { provide: Clock, useValue: { now: () => '2025-08-01T09:00:00.000000Z' } },
      ],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    app.useGlobalPipes(new StandardSchemaValidationPipe({ exceptionFactory: invalid }));
    app.useGlobalFilters(new ProblemFilter());
    await app.init();
  }, 120_000);
  afterAll(async () => {
    await app.close();
    issuer.close();
    await metrics.close();
  });

  const get = async <Body>(url: string): Promise<{ status: number; body: Body }> => {
    const reply = await app.inject({ method: 'GET', url, headers: await issuer.as('staff-board-1') });
    return { status: reply.statusCode, body: reply.json() };
  };
  const definitions = async () => (await get<Definition[]>('/measures')).body;
  const year = 'from=2024-01-01&to=2024-12-31&as_of=2025-07-31';

  it('finds each one defined in words', async () => {
    for (const one of await definitions()) expect([one.title, one.definition].map((words) => words.length > 10)).toEqual([true, true]);
  });

  it('gives one key of the report alone, as it stands in the whole', async () => {
    type Told = { authorities: Record<string, Record<string, unknown>> };
    const { body: whole } = await get<Told>('/report?as_of=2025-05-14');
    for (const key of Object.keys(whole.authorities['all']!)) {
      const { body } = await get<Told>(`/report?as_of=2025-05-14&authority=E06000062&only=${key}`);
      expect(body.authorities).toEqual({ E06000062: { [key]: whole.authorities['E06000062']![key] } });
    }
  });

  it('gives the whole for a split by what is not about people', async () => {
    const { body } = await get<Answer>(`/measures/conversion?${year}&split_by=referrer_type`);
    const parts = Object.values(body.periods[0]!.split);
    expect(parts.reduce((sum, { concerns }) => sum + Number(concerns), 0)).toBe(body.periods[0]!.figures['concerns']);
  });

  it('knows of each concern that waits in which period it was received', async () => {
    for (const [asOf, authority] of [['2025-05-14', 'all'], ['2025-07-31', 'E06000062'], ['2023-03-01', 'E06000061']] as const) {
      const figures = async (key: string, from: string) => (await get<Answer>(`/measures/${key}?from=${from}&to=${asOf}&as_of=${asOf}&authority=${authority}`)).body.periods[0]!.figures;
      const [undecided, waiting] = [await figures('undecided_concerns', '1990-01-01'), await figures('awaiting_triage', '1990-01-01')];
      expect(undecided['undecided']).toBe(waiting['waiting']);
      const month = `${asOf.slice(0, 7)}-01`;
      const [newest, received] = [await figures('undecided_concerns', month), await figures('conversion', month)];
      expect(newest['concerns']).toBe(received['concerns']);
      expect(newest['undecided']).toBeLessThanOrEqual(Math.min(newest['concerns']!, waiting['waiting']!));
    }
  });

  it('counts a case under each kind of abuse', async () => {
    const { body } = await get<Answer>(`/measures/conversion?${year}&split_by=abuse_type`);
    const physical = events.filter(({ type, data }) => type === 'safeguarding.concern.received.v1' && String(data['receivedAt']).startsWith('2024') && (data['abuseTypes'] as string[]).includes('physical'));
    expect(body.periods[0]!.split['physical']!['concerns']).toBe(physical.length);
  });

  it('answers every measure by every dimension that is recorded, as of any day and known at any time', async () => {
    for (const { key, split_by } of await definitions()) {
      for (const dimension of split_by) {
        for (const known of ['', '&known_at=2025-08-01T10:00:00%2B01:00']) {
          const { status, body } = await get<Answer>(`/measures/${key}?${year}&every=month&authority=E06000061&split_by=${dimension}${known}`);
          expect([key, dimension, status, body.periods.length]).toEqual([key, dimension, 200, 12]);
        }
      }
    }
  }, 120_000);

  it('holds small numbers back with a second one, and shows totals exactly', async () => {
    const { body } = await get<Answer>(`/measures/dols_waiting?from=2025-07-01&to=2025-07-31&as_of=2025-07-31&split_by=ethnicity&authority=E06000061`);
    const { figures, split } = body.periods[0]!;
    expect(figures['waiting']).toBeGreaterThan(100);
    const rows = Object.values(split);
    for (const row of rows.filter(({ waiting }) => waiting === '[c]')) expect(row).toMatchObject({ median_days: '[c]', max_days: '[c]' });
    for (const name of ['waiting', 'new', 'renewal']) {
      const shown = rows.map((row) => row[name]);
      expect(shown.filter((value) => typeof value === 'number' && value < 5)).toEqual([]);
      expect(shown.filter((value) => value === '[c]').length).not.toBe(1);
    }
  });

  it.each([
    ['/report', 'as_of'],
    ['/report?as_of=2025-02-30', 'as_of: must be a day such as'],
    ['/report?as_of=2025-07-31&authority=E06000001', 'authority: must be one of E06000061'],
    ['/report?as_of=2025-07-31&known_at=yesterday', 'known_at: must be a moment such as'],
    ['/report?as_of=2025-07-31&bogus=1', 'bogus'],
    ['/report?as_of=2025-07-31&only=happiness', 'only: must be one of triage_time'],
    ['/report?as_of=2025-08-02', 'as_of: must not be later than today, 2025-08-01'],
    ['/measures/conversion?as_of=2025-08-02', 'as_of: must not be later than today, 2025-08-01'],
    ['/measures/dols_waiting?from=2025-07-01&to=2098-12-31&as_of=2098-12-31&authority=E06000061', 'as_of: must not be later than today, 2025-08-01'],
    ['/measures/happiness', 'no measure is called happiness: ask for one of triage_time'],
    ['/measures/conversion?split_by=name', 'split_by: must be one of referrer_type'],
    ['/measures/dols_waiting?split_by=channel', 'channel is not recorded for dols_waiting; it can be split by location_type'],
    ['/measures/conversion?from=2025-02-01&to=2025-01-01', 'from: must not be later than to'],
  ])('%s is refused and says why', async (url, why) => {
    const { status, body } = await get<{ detail: string }>(url);
    expect(status).toBe(400);
    expect(body.detail).toContain(why);
  });
});
