import type { LookupAddress } from 'node:dns';
import ipaddr from 'ipaddr.js';
import { AReceiver } from '../../../../test/a-receiver.js';
import { Caller } from './caller.js';
import type { TargetRules } from './targets.js';

const rules: TargetRules = { ports: [443], networks: [ipaddr.parseCIDR('127.0.0.0/8')], isTryingOut: true };
const call = (url: string) => ({ url, headers: { 'webhook-id': 'one' }, body: '{"invented":true}' });

let receiver: AReceiver;
beforeAll(async () => {
  receiver = await AReceiver.start();
});
afterAll(() => receiver.close());
beforeEach(() => receiver.reset());

/** Somebody who answers for names, one answer after another. */
function answering(...answers: string[][]): { caller: Caller; asked: string[] } {
  const asked: string[] = [];
  const resolve = (host: string, _options: object, done: (error: null, addresses: LookupAddress[]) => void): void => {
    asked.push(host);
    done(null, answers.shift()!.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })));
  };
  return { caller: new Caller(rules, resolve), asked };
}
const named = (): string => `http://hooks.example.test:${receiver.port}/heard`;

describe('a program that is told', () => {
  it('gets what it is told, and its answer is nothing but its status', async () => {
    expect(await new Caller(rules).tell(call(receiver.url))).toEqual({ is: 'told' });
    expect(receiver.heard).toMatchObject([{ path: '/heard', body: '{"invented":true}', headers: { 'webhook-id': 'one', 'content-type': 'application/json', 'user-agent': 'caseward' } }]);
  });
  it('may answer without an end: nobody reads it', async () => {
    const closed = new Promise<void>((resolve) => {
      receiver.answers = (response) => {
        response.writeHead(200);
        const going = setInterval(() => response.write('x'.repeat(65_536)), 1);
        response.on('close', () => (clearInterval(going), resolve()));
      };
    });
    expect(await new Caller(rules).tell(call(receiver.url))).toEqual({ is: 'told' });
    await closed;
  });
  it.each([[500, 'refused'], [404, 'refused'], [401, 'refused'], [429, 'refused'], [301, 'redirected'], [304, 'redirected'], [307, 'redirected']])('and answers %d is told again later', async (status, trouble) => {
    receiver.answers = (response) => response.writeHead(status).end();
    expect(await new Caller(rules).tell(call(receiver.url))).toEqual({ is: 'later', trouble, answered: status });
  });
  it('and leads elsewhere is not followed there', async () => {
    const other = await AReceiver.start();
    receiver.answers = (response) => response.writeHead(302, { location: other.url }).end();
    expect(await new Caller(rules).tell(call(receiver.url))).toEqual({ is: 'later', trouble: 'redirected', answered: 302 });
    expect(other.heard).toEqual([]);
    await other.close();
  });
  it('and is gone says so', async () => {
    receiver.answers = (response) => response.writeHead(410).end();
    expect(await new Caller(rules).tell(call(receiver.url))).toEqual({ is: 'gone', answered: 410 });
  });
  it('is not waited for long', async () => {
    receiver.answers = () => {};
    expect(await new Caller(rules, undefined, 50).tell(call(receiver.url))).toEqual({ is: 'later', trouble: 'no_answer', answered: null });
  });
  it('and is not there is told again later', async () => {
    expect(await new Caller(rules).tell(call('http://127.0.0.1:9/'))).toMatchObject({ trouble: 'no_answer' });
    expect(await new Caller({ ...rules, ports: [receiver.port] }).tell(call(`https://127.0.0.1:${receiver.port}/`))).toMatchObject({ trouble: 'no_answer' });
  });
});

describe('a name that a program gives', () => {
  const unsafe = { is: 'later', trouble: 'unsafe', answered: null };

  it('is connected to at the address that was judged', async () => {
    const { caller, asked } = answering(['127.0.0.1']);
    expect(await caller.tell(call(named()))).toEqual({ is: 'told' });
    expect([asked, receiver.heard[0]!.headers.host]).toEqual([['hooks.example.test'], `hooks.example.test:${receiver.port}`]);
  });
  it.each(['10.0.0.1', '169.254.169.254', '192.168.1.1', '100.100.100.200', '::ffff:127.0.0.1', 'fd00:ec2::254', 'fe80::1', '0.0.0.0', '224.0.0.1'])('that stands for %s is not told anything', async (address) => {
    expect(await answering([address]).caller.tell(call(named()))).toEqual(unsafe);
  });
  it('that stands for several is not told anything where one of them is unsafe', async () => {
    expect(await answering(['127.0.0.1', '10.0.0.1']).caller.tell(call(named()))).toEqual(unsafe);
    expect(receiver.heard).toEqual([]);
  });
  it('that stands for another address the next time is judged again', async () => {
    const { caller } = answering(['127.0.0.1'], ['10.0.0.1']);
    expect([await caller.tell(call(named())), await caller.tell(call(named()))]).toEqual([{ is: 'told' }, unsafe]);
    expect(receiver.heard).toHaveLength(1);
  });
  it('that stands for this machine is not told anything where nobody named its network', async () => {
    const elsewhere = { ...rules, networks: [], ports: [receiver.port] };
    for (const url of [receiver.url, `http://localhost:${receiver.port}/`, `https://localhost:${receiver.port}/`]) expect(await new Caller(elsewhere).tell(call(url))).toEqual(unsafe);
    expect(receiver.heard).toEqual([]);
  });
});
