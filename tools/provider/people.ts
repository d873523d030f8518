import { inventedAccountOf } from '../../libs/platform/src/account.ts';
import { inventedClients, operator } from '../../libs/platform/src/invented-clients.ts';
import { inventedStaff } from '../../libs/platform/src/staff.ts';

/** What tokens say of somebody, by the names that Entra ID gives it. */
export interface PersonClaims {
  tid: string;
  oid: string;
  name: string;
  roles: string[];
}

const councils: Record<string, string> = { E06000062: 'West Northamptonshire', E06000061: 'North Northamptonshire' };

/** The claims of an invented person; undefined for whoever is not one of them. */
export function personClaims(id: string): PersonClaims | undefined {
  const person = inventedStaff.find((one) => one.id === id);
  return person && { ...inventedAccountOf(id), name: person.name, roles: [...person.roles] };
}

/** What tokens say of a program, which acts for itself. */
export function programClaims(id: string): { tid: string; oid: string; idtyp: 'app'; roles: string[] } {
  const { roles } = [...inventedClients, operator].find((one) => one.id === id) ?? { roles: [] };
  return { ...inventedAccountOf(id), idtyp: 'app', roles: [...roles] };
}

/** What a program may ask a token for. */
export function scopesOf(id: string): string[] {
  return [...([...inventedClients, operator].find((one) => one.id === id)?.scopes ?? [])];
}

/** Those whom one may choose to be, one of each role, by council. */
export function choices(): { council: string; people: { id: string; name: string }[] }[] {
  const first = inventedStaff.filter(({ id }) => id.endsWith('-1'));
  const groups = Map.groupBy(first, ({ authority }) => (authority === null ? 'The board of both' : councils[authority] ?? authority));
  return [...groups].map(([council, people]) => ({ council, people: people.map(({ id, name }) => ({ id, name })) }));
}
