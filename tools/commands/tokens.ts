import { OwnToken, ProviderAway } from '#libs/identity';
import { inventedClients, operator } from '../../libs/platform/src/invented-clients.ts';
import { asPersonGrant } from '../provider/clients.ts';
import { privateKey } from '../start/client-keys.ts';
import type { Home } from '../start/home.ts';
import type { Running } from '../start/running.ts';
import { CommandError } from './failure.ts';

/** Gives the headers that say who asks: the operator of the home, an invented person or a partner's invented system. */
export type HeadersOf = (who?: string) => Promise<Record<string, string>>;

/** A running system, and the means to ask it in somebody's name. */
export interface Operated extends Running {
  headersOf: HeadersOf;
}

/** The running system of a home for the commands there, which have its programs' keys. */
export function operated(home: Home, running: Running): Operated {
  const tokens = new Map<string, OwnToken>();
  const tokenOf = (who: string): OwnToken => {
    const token = tokens.get(who) ?? newToken(home, running, who);
    tokens.set(who, token);
    return token;
  };
  return { ...running, headersOf: (who = operator.id) => tokenOf(who).headers().catch((error: unknown) => explain(error, who)) };
}

function newToken(home: Home, { identity: { issuer, audience, isLocal } }: Running, who: string): OwnToken {
  const wanted = (scopes: readonly string[]) => ({ scope: scopes.join(' '), resource: audience });
  const clientOf = (clientId: string, keyOf = clientId) => ({ issuer, clientId, key: privateKey(home, keyOf) as ConstructorParameters<typeof OwnToken>[0]['key'] });
  if (who === operator.id) return new OwnToken(clientOf(who), wanted(['internal', ...operator.scopes]));
  const program = inventedClients.find(({ id }) => id === who);
  if (program) return new OwnToken(clientOf(who, program.keyOf), wanted(program.scopes));
  if (!isLocal) throw new CommandError(`${issuer} is a real identity provider: nobody invented can sign in there, and people do so in a browser.`);
  return new OwnToken(clientOf(operator.id), { person: who }, asPersonGrant);
}

function explain(error: unknown, who: string): never {
  if (!(error instanceof ProviderAway)) throw error;
  const said = (error.cause as { error_description?: string } | undefined)?.error_description;
  throw new CommandError(said ? `No token for ${who}: ${said}.` : error.message);
}
