import type { Action } from '#libs/access';
import type { Staff } from './staff.js';

/** A program that acts for itself, and the actions that its tokens are for. */
export interface InventedClient extends Staff {
  scopes: readonly Action[];
  /** The program with whose key it proves who it is. */
  keyOf: string;
}

const councils = [
  { at: '', authority: 'E06000062' },
  { at: '-north', authority: 'E06000061' },
];

const kinds = [
  { of: 'public-form', name: 'The public form', role: 'public', scopes: ['concern.raise', 'concern.add_file', 'concern.follow_by_code'] },
  { of: 'partner-police', name: 'A police force', role: 'partner', scopes: ['concern.raise', 'concern.add_file', 'concern.read', 'concern.follow', 'concern.tell_more', 'concern.hear'] },
  { of: 'partner-hospital', name: 'A hospital', role: 'partner', scopes: ['concern.raise', 'concern.add_file', 'concern.read', 'concern.follow', 'concern.tell_more', 'concern.hear', 'dols_request.ask', 'dols_request.read'] },
] as const;

/** The partner site's own narrow program, and invented systems of partners; one of each for each council. */
export const inventedClients: readonly InventedClient[] = kinds.flatMap(({ of, name, role, scopes }) =>
  councils.map(({ at, authority }) => ({ id: `${of}${at}`, name: `${name} (invented)`, roles: [role], authority, scopes, keyOf: of === 'public-form' ? 'partner-site' : `${of}${at}` })),
);

/** Who the commands of a home act as: nobody's council, every service's routes for commands, and the measures of all. */
export const operator: Pick<InventedClient, 'id' | 'roles' | 'scopes'> = { id: 'operator', roles: ['board_member'], scopes: ['measures.read'] };
