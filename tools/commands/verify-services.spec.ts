import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CommandError } from './failure.ts';
import type { Operated } from './tokens.ts';
import { verifyServices } from './verify-services.ts';

let server: Server;
let answer: { status: number; lines: object[]; isCut?: boolean };
let running: Operated;

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status);
    response.write(answer.lines.map((line) => `${JSON.stringify(line)}\n\n`).join(''), () => (answer.isCut ? response.destroy() : response.end()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  running = { services: { triage: { url, pids: [], openapi: '' } }, headersOf: async () => ({}) } as unknown as Operated;
});
afterAll(() => server.close());

const begin = { checks: ['chain', 'seal'] };
const chain = { check: 'chain', looked: 5, findings: 0 };
const seal = { check: 'seal', looked: 4, findings: 0 };
const missing = { check: 'seal', what: 'an event is missing', where: { position: 3 } };

describe('asking every service', () => {
  it('is content where every check came to its end and found nothing', async () => {
    answer = { status: 200, lines: [begin, chain, seal] };
    expect(await verifyServices(running)).toEqual({ ok: true, checks: [{ service: 'triage', ...chain }, { service: 'triage', ...seal }], findings: [], notListed: 0 });
  });

  it('tells what was found', async () => {
    answer = { status: 200, lines: [begin, chain, missing, { ...seal, findings: 1 }] };
    expect(await verifyServices(running)).toMatchObject({ ok: false, findings: [{ service: 'triage', ...missing }] });
  });

  it('lists a thousand findings and counts the rest', async () => {
    answer = { status: 200, lines: [begin, chain, ...Array.from({ length: 1_500 }, () => missing), { ...seal, findings: 1_500 }] };
    const verified = await verifyServices(running);
    expect([verified.findings.length, verified.notListed]).toEqual([1_000, 500]);
  });

  it('is not content with a check that could not be done, nor with one of which nothing was heard', async () => {
    answer = { status: 200, lines: [begin, { check: 'chain', failed: 'Unsettled' }, seal] };
    expect((await verifyServices(running)).ok).toBe(false);
    answer = { status: 200, lines: [begin, chain], isCut: true };
    expect(await verifyServices(running)).toMatchObject({ ok: false, checks: [{ check: 'chain' }, { check: 'seal', failed: 'Interrupted' }] });
  });

  it('is not content with a service that died before it said which checks it makes', async () => {
    answer = { status: 200, lines: [], isCut: true };
    expect(await verifyServices(running)).toMatchObject({ ok: false, checks: [{ service: 'triage', failed: 'Interrupted' }] });
    answer = { status: 200, lines: [{ checks: [] }] };
    expect((await verifyServices(running)).ok).toBe(false);
  });

  it('says so while somebody else verifies a service', async () => {
    answer = { status: 200, lines: [{ waits: 'for another verify' }, begin, chain, seal] };
    const waited: string[] = [];
    expect((await verifyServices(running, { onWaiting: (service) => waited.push(service) })).ok).toBe(true);
    expect(waited).toEqual(['triage']);
  });

  it('says so where a service does not answer', async () => {
    answer = { status: 500, lines: [] };
    await expect(verifyServices(running)).rejects.toThrow(CommandError);
  });
});
