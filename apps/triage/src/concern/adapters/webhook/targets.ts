import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ReturnType<typeof ipaddr.parse>;
type Network = ReturnType<typeof ipaddr.parseCIDR>;

/** Where programs may be told, as whoever runs the service says. */
export interface TargetRules {
  ports: readonly number[];
  /** Networks that may be reached besides the addresses of the internet. */
  networks: readonly Network[];
  /** Everybody is invented: then this machine may be told without TLS, where its network is named. */
  isTryingOut: boolean;
}

/** Addresses of the internet that a provider of machines answers itself to whoever asks from within: Azure's. */
const PROVIDERS_OWN = ['168.63.129.16'];
/** All that was given out of IPv6 to the internet; what else is no special range may be anything (`::127.0.0.1`). */
const GLOBAL_V6 = ipaddr.parseCIDR('2000::/3');

const isWithin = (address: Address, networks: readonly Network[]): boolean => networks.some((network) => network[0].kind() === address.kind() && address.match(network));

function isOfInternet(address: Address): boolean {
  if (address.range() !== 'unicast' || PROVIDERS_OWN.includes(address.toString())) return false;
  return address.kind() === 'ipv4' || isWithin(address, [GLOBAL_V6]);
}

/** Whether an address may be connected to: one of the internet, or of a network that was named; without TLS, this machine's alone. */
export function mayReach(text: string, { networks, isTryingOut }: TargetRules, isPlain = false): boolean {
  if (isIP(text) === 0) return false;
  const address = ipaddr.parse(text);
  if (isPlain) return isTryingOut && address.range() === 'loopback' && isWithin(address, networks);
  return isOfInternet(address) || isWithin(address, networks);
}

export const isPlain = ({ protocol }: URL): boolean => protocol === 'http:';

/** A host as it is connected to: an address of IPv6 stands in brackets in a URL. */
export const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[(.*)\]$/, '$1');

/** What keeps somebody from being told there, whatever its name stands for; undefined where nothing does. */
export function targetTrouble(url: URL, rules: TargetRules): string | undefined {
  const host = hostOf(url);
  if (url.protocol !== 'https:' && !(isPlain(url) && rules.isTryingOut)) return 'Give an address that begins with https://.';
  if (url.username !== '' || url.password !== '') return 'Give an address without a name or a password in it; what comes is signed.';
  if (!isPlain(url) && !rules.ports.includes(Number(url.port || 443))) return `Give an address on one of these ports: ${rules.ports.join(', ')}.`;
  if (isIP(host) !== 0 && !mayReach(host, rules, isPlain(url))) return 'Nothing is sent to this address: it is no public one.';
  return undefined;
}
