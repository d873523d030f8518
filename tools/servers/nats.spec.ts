import { brokerUsers } from '../start/services.ts';
import { brokerConfig, permissionsOf } from './nats.ts';

const passwords = { 'set-up': 's', people: 'p', triage: 't', section42: 'x', dols: 'd', directory: 'y', metrics: 'm' };
const config = (version: [number, number]): string => brokerConfig({ version }, { home: '/home', port: 4222, logFile: '', users: brokerUsers, passwords });
const of = (name: string) => permissionsOf(brokerUsers.find((user) => user.name === name) ?? { name, publishes: undefined, reads: [] });

describe('the broker’s configuration', () => {
  it('flushes every message to disk where the server can', () => {
    expect(config([2, 12])).toContain('sync_interval: always');
    expect(config([2, 10])).toContain('sync_interval: always');
  });

  it('leaves that out for a server that would refuse to start', () => {
    expect(config([2, 9])).not.toContain('sync_interval');
  });

  it('listens on the loopback address alone', () => {
    expect(config([2, 12])).toContain('listen: "127.0.0.1:4222"');
  });

  it('is not written when a user has no password', () => {
    expect(() => brokerConfig({ version: [2, 12] }, { home: '/h', port: 1, logFile: '', users: brokerUsers, passwords: {} })).toThrow('no password');
  });
});

describe('what a service may do at the broker', () => {
  it('tells its own events and no others', () => {
    const told = of('triage').publish.filter((subject) => subject.startsWith('safeguarding.'));
    expect(told).toEqual(['safeguarding.concern.>']);
  });

  it('tells of every kind of record that it keeps', () => {
    const told = of('directory').publish.filter((subject) => subject.startsWith('safeguarding.'));
    expect(told).toEqual(['staff-member', 'team', 'organisation', 'place'].map((record) => `safeguarding.${record}.>`));
  });

  it('tells nothing when it only reads', () => {
    expect(of('metrics').publish.some((subject) => subject.startsWith('safeguarding.'))).toBe(false);
  });

  it('reads with durable consumers of its own alone', () => {
    const durables = of('section42').publish.filter((subject) => subject.includes('CONSUMER'));
    const of42 = (stream: string) => ['INFO', 'MSG.NEXT'].map((call) => `$JS.API.CONSUMER.${call}.${stream}.section42-from-${stream}`);
    expect(durables).toEqual([...of42('triage'), ...of42('directory')]);
  });

  it('hears nobody else’s answers, and what the broker gives up of its own alone', () => {
    const given = ['people', 'directory'].flatMap((stream) => ['MAX_DELIVERIES', 'MSG_TERMINATED'].map((kind) => `$JS.EVENT.ADVISORY.CONSUMER.${kind}.${stream}.dols-from-${stream}`));
    expect(of('dols').subscribe).toEqual(['_INBOX_dols.>', ...given]);
  });
});
