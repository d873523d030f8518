import type { OwnToken } from '#libs/identity';

/** Gives the headers that say who asks. */
export type Signing = () => Promise<Record<string, string>>;

/** Another service, as this one asks it: where it answers, and in whose name. */
export interface Peer {
  url: string;
  signing: Signing;
}

/** A service that is asked in this one's own name. */
export const peerOf = (url: string, ownToken: OwnToken): Peer => ({ url, signing: () => ownToken.headers() });
