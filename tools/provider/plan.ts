import type { JWK } from 'jose';

/** A program that the provider knows, by what it is for. */
export interface PlannedClient {
  id: string;
  kind: 'site' | 'service' | 'operator' | 'system';
  publicKey: JWK;
  /** The address of a site. */
  url?: string;
}

/** All that a provider is told: written by whoever starts it, in a file for its eyes alone. */
export interface ProviderPlan {
  issuer: string;
  audience: string;
  /** Access tokens by RFC 9068, or as Entra ID makes them. */
  flavour: 'standard' | 'entra';
  /** The authentication context that is asked for at every sign-in of the home. */
  signInContext?: string;
  signingKey: JWK;
  cookieSecret: string;
  /** Where everything of the home listens. */
  listening: string[];
  clients: PlannedClient[];
}
