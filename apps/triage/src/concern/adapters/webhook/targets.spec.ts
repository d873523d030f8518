import { BlockList, isIPv4 } from 'node:net';
import fc from 'fast-check';
import ipaddr from 'ipaddr.js';
import { mayReach, type TargetRules, targetTrouble } from './targets.js';

const rules: TargetRules = { ports: [443], networks: [], isTryingOut: false };
const within = (...networks: string[]): TargetRules => ({ ...rules, networks: networks.map((network) => ipaddr.parseCIDR(network)) });

/** The special ranges of the registers of IANA, and what providers of machines answer themselves. */
const special = [
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24',
  '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4', '168.63.129.16/32',
  '::/96', '::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48', '100::/64', '2001::/32', '2001:2::/48', '2001:20::/28', '2001:db8::/32', '2002::/16',
  '3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8',
];

/** Any address of a network: its first bits are the network's, the others are anything. */
const addressIn = (network: string): fc.Arbitrary<string> => {
  const [base, bits] = ipaddr.parseCIDR(network);
  const bytes = base.toByteArray();
  return fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length }).map((others) => {
    const mixed = bytes.map((byte, at) => {
      const own = Math.min(8, Math.max(0, bits - at * 8));
      const mask = (0xff << (8 - own)) & 0xff;
      return (byte & mask) | (others[at]! & ~mask & 0xff);
    });
    return ipaddr.fromByteArray(mixed).toString();
  });
};

const anyAddress = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom(...special).chain(addressIn));

describe('an address that a program names', () => {
  it.each(special)('is not connected to in %s, whichever it is', (network) => {
    fc.assert(fc.property(addressIn(network), (address) => !mayReach(address, rules) && !mayReach(address, rules, true)));
  });

  it('is not connected to where another list of special ranges has it', () => {
    const list = new BlockList();
    // To that list, an address of IPv4 is every mapped one.
    for (const network of special.filter((one) => one !== '::ffff:0:0/96')) {
      const [base, bits] = network.split('/') as [string, string];
      list.addSubnet(base, Number(bits), isIPv4(base) ? 'ipv4' : 'ipv6');
    }
    fc.assert(fc.property(anyAddress, (address) => !(list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6') && mayReach(address, rules))), { numRuns: 2_000 });
  });

  it.each(['8.8.8.8', '1.1.1.1', '51.140.0.1', '2606:4700::1111', '2a00:1450:4009::1'])('is connected to on the internet: %s', (address) => expect(mayReach(address, rules)).toBe(true));

  it.each(['', 'localhost', '1.2.3', 'fe80::1%eth0', '127.0.0.1/8', '8.8.8.8 '])('is none that could be told apart: %j', (text) => expect(mayReach(text, rules)).toBe(false));

  it('is connected to in a network that was named, and in no other', () => {
    fc.assert(fc.property(addressIn('10.20.0.0/16'), (address) => mayReach(address, within('10.20.0.0/16')) && !mayReach(address, within('10.21.0.0/16', 'fd00::/8'))));
    expect(mayReach('fd12:3456::9', within('fd12:3456::/48'))).toBe(true);
  });

  it('is told without TLS on this machine alone, where people are invented and its network was named', () => {
    const trying = { ...within('127.0.0.0/8', '10.0.0.0/8'), isTryingOut: true };
    expect([mayReach('127.0.0.1', trying, true), mayReach('10.0.0.1', trying, true), mayReach('8.8.8.8', trying, true)]).toEqual([true, false, false]);
    expect([mayReach('127.0.0.1', { ...trying, isTryingOut: false }, true), mayReach('127.0.0.1', { ...trying, networks: [] }, true)]).toEqual([false, false]);
  });
});

describe('a target', () => {
  const trouble = (url: string, given: TargetRules = rules): string | undefined => targetTrouble(new URL(url), given);

  it.each(['https://hooks.example.test/heard', 'https://hooks.example.test:443/', 'https://8.8.8.8/', 'https://[2606:4700::1111]/'])('is taken: %s', (url) => expect(trouble(url)).toBeUndefined());
  it.each([
    ['http://hooks.example.test/', 'https://'],
    ['ftp://hooks.example.test/', 'https://'],
    ['https://name:secret@hooks.example.test/', 'password'],
    ['https://hooks.example.test:8443/', '443'],
    ['https://hooks.example.test:22/', '443'],
    ['https://127.0.0.1/', 'no public'],
    ['https://2130706433/', 'no public'],
    ['https://0x7f.1/', 'no public'],
    ['https://0177.0.0.1/', 'no public'],
    ['https://169.254.169.254/latest/meta-data/', 'no public'],
    ['https://[::1]/', 'no public'],
    ['https://[::ffff:127.0.0.1]/', 'no public'],
    ['https://[::ffff:a9fe:a9fe]/', 'no public'],
    ['https://[::127.0.0.1]/', 'no public'],
    ['https://[fd00:ec2::254]/', 'no public'],
    ['https://[64:ff9b::169.254.169.254]/', 'no public'],
  ])('is refused: %s', (url, why) => expect(trouble(url)).toContain(why));

  it('is taken at other ports that were named', () => expect(trouble('https://hooks.example.test:8443/', { ...rules, ports: [443, 8443] })).toBeUndefined());
});
