import { Controller, Get, Global, Logger, Module, Param, Post } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { TokenVerifier } from '#libs/identity';
import { NotFound, Pulse } from '#libs/journal';
import { TestIssuer, testAudience } from '#libs/testing';
import { admit, admitted, listedAuthority } from './admit.js';
import { Ask, type Asking } from './asking.js';
import { makeService } from './boot.js';
import type { ServiceConfig } from './config.js';
import { Membership, TokenMembership } from './membership.js';
import { Internal, Needs, Open } from './needs.js';
import { CountsItems, Pace } from './pace.js';
import { ProblemFilter } from './problem.js';
import { programClients, Programs } from './programs.js';
import { RightsGuard } from './rights.guard.js';
import { routesOf } from './routes.js';

const west = 'E06000062';
const north = 'E06000061';
const aMinute = 50;
const authorities: Record<string, string> = { here: west, there: north };
let taken: string[] = [];

@Controller('records')
class RecordsController {
  @Post()
  @Needs('concern.triage')
  decide(@Ask() { staff }: Asking): void {
    taken.push(staff.id);
  }

  @Post('grave')
  @Needs('concern.break_glass')
  grave(@Ask() { staff }: Asking): void {
    taken.push(staff.id);
  }

  @Get()
  @Needs('concern.list')
  list(@Ask() asking: Asking): object {
    return { authority: listedAuthority(asking, undefined), seen: admitted(asking, Object.keys(authorities).map(caseOf)).map(({ id }) => id) };
  }

  @Get('of/:authority')
  @Needs('concern.list')
  listOf(@Ask() asking: Asking, @Param('authority') authority: string): object {
    return { authority: listedAuthority(asking, authority) };
  }

  @Post('together')
  @Needs('concern.raise')
  @CountsItems()
  raiseEach(@Ask() { staff }: Asking): void {
    taken.push(staff.id);
  }

  @Get('unseen/:id')
  @Needs('concern.read')
  unseen(): void {
    throw new NotFound('there is no such record');
  }

  @Get(':id')
  @Needs('concern.read')
  read(@Ask() asking: Asking, @Param('id') id: string): object {
    admit(asking, caseOf(id));
    return { id };
  }
}

const caseOf = (id: string) => ({ id, held: { authority: authorities[id] ?? null } });

@Internal('service.verify')
@Controller('internal')
class InternalController {
  @Get()
  @Open()
  open(): void {}

  @Post(['one', 'other'])
  services(): void {}
}

@Controller('forgotten')
class ForgottenController {
  @Get('notes/:id')
  read(): void {}

  @Post('notes')
  @Open()
  write(): void {}

  helper(): void {}
}

@Module({
  controllers: [RecordsController, InternalController],
  providers: [
    { provide: APP_GUARD, useClass: RightsGuard },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: TokenVerifier, useValue: { verify: (header?: string) => tokens.verify(header) } },
    { provide: Membership, useValue: new TokenMembership(new Map([['11111111-1111-1111-1111-111111111111', north]]), true) },
    { provide: Pace, useValue: new Pace(aMinute) },
    { provide: Programs, useValue: new Programs(programClients.parse('')) },
  ],
})
class SomeModule {}

let app: NestFastifyApplication;
let issuer: TestIssuer;
let anyhow: TokenVerifier;
let tokens: TokenVerifier;
const logged: unknown[] = [];
beforeAll(async () => {
  issuer = await TestIssuer.start();
  anyhow = TokenVerifier.at(issuer.url);
  app = await NestFactory.create<NestFastifyApplication>(SomeModule, new FastifyAdapter(), { logger: false });
  app.useLogger({ log() {}, error() {}, warn: (line: unknown) => logged.push(line) });
  await app.init();
});
afterAll(async () => {
  issuer.close();
  await app.close();
  Logger.overrideLogger(false);
});
beforeEach(() => {
  tokens = anyhow;
  taken = [];
  logged.length = 0;
});

async function ask(method: 'GET' | 'POST', url: string, actor?: string) {
  const answer = await app.inject({ method, url, headers: actor ? await issuer.as(actor) : {} });
  return { status: answer.statusCode, type: answer.headers['content-type'], body: (answer.body === '' ? {} : answer.json()) as Record<string, unknown> };
}

describe('whoever asks very often', () => {
  it('ASVS 5.0 V2.4.1, check 8: is asked to wait a while, and nobody else is', async () => {
    const answers = await Promise.all(Array.from({ length: aMinute + 10 }, () => issuer.as('staff-triage-2').then((headers) => app.inject({ method: 'POST', url: '/records', headers }))));
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(aMinute);
    const refused = answers.filter(({ statusCode }) => statusCode === 429);
    expect(refused).toHaveLength(10);
    expect(Number(refused[0]!.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused[0]!.json()).toMatchObject({ title: 'Too Many Requests', code: 'pace/too-fast', detail: expect.stringMatching(/Nothing was taken; wait \d+ seconds/) });
    expect(taken).toHaveLength(aMinute);
    expect((await ask('POST', '/records', 'staff-triage-1')).status).toBe(201);
  });

  it('is not asked to wait where it is one of the services', async () => {
    const answers = await Promise.all(Array.from({ length: aMinute + 10 }, () => ask('POST', '/internal/one', 'operator')));
    expect(answers.every(({ status }) => status === 201)).toBe(true);
  });

  it('is not asked to wait where it is the form of the public: the site counts whoever fills it in', async () => {
    const answers = await Promise.all(Array.from({ length: aMinute + 10 }, () => ask('POST', '/records', 'public-form')));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
  });

  it('is counted for each of several that come in one request', async () => {
    const raise = async (count: number) => (await app.inject({ method: 'POST', url: '/records/together', headers: await issuer.as('partner-hospital'), payload: { items: Array.from({ length: count }, () => ({})) } })).statusCode;
    expect([await raise(aMinute - 1), await raise(2), await raise(1)]).toEqual([201, 429, 429]);
    expect(taken).toEqual(['partner-hospital']);
  });
});

describe('a route that needs a right', () => {
  it('is for whoever has it', async () => {
    expect((await ask('POST', '/records', 'staff-triage-1')).status).toBe(201);
    expect([taken, logged]).toEqual([['staff-triage-1'], []]);
  });

  it('that asks for more is for whoever has just shown again that it is them, and tells everybody else how', async () => {
    const answer = await app.inject({ method: 'POST', url: '/records/grave', headers: await issuer.as('staff-triage-1') });
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json().code, taken]).toEqual([401, 'Bearer error="insufficient_user_authentication", acr_values="c1"', 'token/step_up', []]);
    const authorization = `Bearer ${await issuer.person('staff-triage-1', { claims: { acrs: ['c1'] } })}`;
    expect((await app.inject({ method: 'POST', url: '/records/grave', headers: { authorization } })).statusCode).toBe(201);
    expect((await ask('POST', '/records/grave', 'staff-auditor-1')).status).toBe(403);
  });

  it('is for whoever signed in as it is asked for, in every request, and tells everybody else how', async () => {
    tokens = TokenVerifier.at(issuer.url, { audience: testAudience, type: 'at+jwt', context: 'c2' });
    const send = async (acrs?: string[]) => app.inject({ method: 'POST', url: '/records', headers: { authorization: `Bearer ${await issuer.person('staff-triage-1', { claims: { acrs } })}` } });
    const answer = await send();
    expect([answer.statusCode, answer.headers['www-authenticate'], answer.json().code, taken]).toEqual([401, 'Bearer error="insufficient_user_authentication", acr_values="c2"', 'token/context', []]);
    expect(logged).toEqual([{ kind: 'refused', rule: 'token/context' }]);
    expect([(await send(['c1'])).statusCode, (await send(['c2'])).statusCode, (await ask('POST', '/internal/one', 'operator')).status]).toEqual([401, 201, 201]);
  });

  it('is not for others, who are told what they may not and who may, and each refusal is logged once', async () => {
    expect(await ask('POST', '/records', 'staff-worker-1')).toEqual({
      status: 403,
      type: 'application/problem+json; charset=utf-8',
      body: {
        type: 'about:blank', title: 'Forbidden', status: 403, code: 'rights/role',
        detail: 'You may not decide a concern. Who may: triage officer, manager.',
      },
    });
    expect(taken).toEqual([]);
    expect(logged).toEqual([{ kind: 'refused', rule: 'role', action: 'concern.triage', who: 'staff-worker-1', roles: ['enquiry_worker'], records: [] }]);
  });

  it('is not for nobody, nor for somebody without a role', async () => {
    expect((await app.inject({ method: 'POST', url: '/records', headers: { authorization: 'Bearer a.b.c' } })).headers).toMatchObject({
      'www-authenticate': 'Bearer error="invalid_token", error_description="The token cannot be read."', 'content-type': expect.stringContaining('application/problem+json'),
    });
    expect(logged).toEqual([{ kind: 'refused', rule: 'token/unreadable' }]);
    expect([(await ask('POST', '/records')).status, (await ask('POST', '/records', 'staff-nobody-1')).status]).toEqual([401, 403]);
  });

  it('is for a program as far as its token goes, and no further than its role', async () => {
    // Past the door; the record is not its own.
    expect((await ask('GET', '/records/here', 'partner-police')).status).toBe(404);
    expect(await ask('POST', '/records', 'partner-police')).toMatchObject({ status: 403, body: { code: 'rights/role' } });
    const narrow = await issuer.client('partner-police', { claims: { scope: 'concern.raise' } });
    expect((await app.inject({ url: '/records/here', headers: { authorization: `Bearer ${narrow}` } })).json()).toMatchObject({ status: 403, code: 'rights/scope', scope: 'concern.read' });
  });

  it('knows whom a council has by their account, and which council by its tenant', async () => {
    const token = await issuer.person('somebody', { claims: { tid: '11111111-1111-1111-1111-111111111111', oid: '22222222-2222-2222-2222-222222222222', roles: ['triage_officer', 'Global Reader'] } });
    expect((await app.inject({ url: '/records', headers: { authorization: `Bearer ${token}` } })).json()).toEqual({ authority: north, seen: ['there'] });
  });

  it('has another authority’s record as one that is not there', async () => {
    const [here, there, nowhere] = [await ask('GET', '/records/here', 'staff-triage-1'), await ask('GET', '/records/there', 'staff-triage-1'), await ask('GET', '/records/nowhere', 'staff-triage-1')];
    expect([here.status, there.status, there.body['detail']]).toEqual([200, 404, 'there is no such record']);
    expect(there).toEqual(nowhere);
    expect(logged[0]).toEqual({ kind: 'refused', rule: 'authority', action: 'concern.read', who: 'staff-triage-1', roles: ['triage_officer'], records: ['there'] });
  });

  it('logs once that a record was asked for that is not there for them, whosoever it is', async () => {
    const id = '0190c1d2-0000-4000-8000-0000000000a1';
    expect(await ask('GET', `/records/unseen/${id}`, 'staff-triage-1')).toMatchObject({ status: 404, body: { detail: 'there is no such record' } });
    expect(logged).toEqual([{ kind: 'not_there', action: 'concern.read', who: 'staff-triage-1', roles: ['triage_officer'], records: [id] }]);
  });

  it('lists what is one’s own authority’s, and says so where another’s is asked for', async () => {
    expect((await ask('GET', '/records', 'staff-triage-1')).body).toEqual({ authority: west, seen: ['here'] });
    expect(logged).toMatchObject([{ rule: 'authority', records: ['there'] }]);
    expect((await ask('GET', `/records/of/${west}`, 'staff-triage-1')).status).toBe(200);
    expect(await ask('GET', `/records/of/${north}`, 'staff-triage-1')).toMatchObject({ status: 403, body: { code: 'rights/authority', detail: expect.stringContaining(west) } });
  });
});

describe('a route between services', () => {
  it('is for services alone', async () => {
    expect((await ask('POST', '/internal/one', 'operator')).status).toBe(201);
    expect(await ask('POST', '/internal/one', 'staff-administrator-1')).toMatchObject({ status: 403, body: { code: 'rights/scope' } });
    expect(logged).toEqual([{ kind: 'refused', rule: 'scope', scope: 'internal', client: 'staff-site' }]);
    expect((await ask('POST', '/internal/one', 'partner-police')).status).toBe(403);
    expect((await ask('POST', '/internal/one')).status).toBe(401);
  });

  it('is for those of them that have the errand, and for nobody who merely has the scope', async () => {
    expect(await ask('POST', '/internal/one', 'metrics')).toMatchObject({
      status: 403, body: { code: 'rights/errand', errand: 'service.verify', detail: 'You may not have a service verify what it keeps. Who may: operator.' },
    });
    expect((await ask('POST', '/internal/one', 'a-stranger')).status).toBe(403);
    expect(logged).toEqual(['metrics', 'a-stranger'].map((client) => ({ kind: 'refused', rule: 'errand', errand: 'service.verify', client })));
  });

  it('may be open to anybody all the same', async () => {
    expect((await ask('GET', '/internal')).status).toBe(200);
  });
});

describe('every route', () => {
  it('is found with what it says of itself', () => {
    expect(routesOf(app)).toEqual([
      { method: 'POST', path: '/records', handler: 'RecordsController.decide', declared: { for: 'staff', action: 'concern.triage' } },
      { method: 'POST', path: '/records/grave', handler: 'RecordsController.grave', declared: { for: 'staff', action: 'concern.break_glass' } },
      { method: 'GET', path: '/records', handler: 'RecordsController.list', declared: { for: 'staff', action: 'concern.list' } },
      { method: 'GET', path: '/records/of/:authority', handler: 'RecordsController.listOf', declared: { for: 'staff', action: 'concern.list' } },
      { method: 'POST', path: '/records/together', handler: 'RecordsController.raiseEach', declared: { for: 'staff', action: 'concern.raise' } },
      { method: 'GET', path: '/records/unseen/:id', handler: 'RecordsController.unseen', declared: { for: 'staff', action: 'concern.read' } },
      { method: 'GET', path: '/records/:id', handler: 'RecordsController.read', declared: { for: 'staff', action: 'concern.read' } },
      { method: 'GET', path: '/internal', handler: 'InternalController.open', declared: { for: 'anybody' } },
      { method: 'POST', path: '/internal/one', handler: 'InternalController.services', declared: { for: 'services', errand: 'service.verify' } },
      { method: 'POST', path: '/internal/other', handler: 'InternalController.services', declared: { for: 'services', errand: 'service.verify' } },
    ]);
  });

  it('says for whom it is, or the service does not start', async () => {
    @Global()
    @Module({ controllers: [RecordsController, ForgottenController], providers: [Pulse, TokenVerifier, Membership, Pace, Programs].map((provide) => ({ provide, useValue: {} })), exports: [Pulse, TokenVerifier, Membership, Pace, Programs] })
    class ForgetfulModule {}

    const config = { SERVICE_NAME: 'forgetful', LOG_LEVEL: 'silent' } as ServiceConfig;
    await expect(makeService(ForgetfulModule, config)).rejects.toThrow('@Open: GET /forgotten/notes/:id (ForgottenController.read)');
  });
});
