import { type Action, type Role, scopeOf } from '#libs/access';
import { NotAllowed, visitor } from '#libs/pages';

/** The two councils of the county, by their ONS codes. */
export const AUTHORITIES = [
  { code: 'E06000062', name: 'West Northamptonshire' },
  { code: 'E06000061', name: 'North Northamptonshire' },
] as const;

export const WEST_NORTHAMPTONSHIRE = AUTHORITIES[0].code;
export const AUTHORITY_CODES = ['E06000062', 'E06000061', 'all'] as const;
export type AuthorityChoice = (typeof AUTHORITY_CODES)[number];

/** The authority of whoever is signed in; whoever acts for none begins with the first. */
export const ownAuthority = () => AUTHORITIES.find(({ code }) => code === visitor()?.authority)?.code ?? WEST_NORTHAMPTONSHIRE;

/** An authority's name; `all` is both together. */
export function authorityName(choice: string): string {
  return AUTHORITIES.find(({ code }) => code === choice)?.name ?? 'both authorities';
}

/** Whether something is for whoever is signed in whatever the authority; else it is for their own alone. */
const isEverywhere = (action: Action): boolean => (visitor()?.roles ?? []).some((role) => scopeOf(action, role as Role) === 'every');

/** The authorities that whoever is signed in may ask about, and both together where figures are; a courtesy, since each service judges by itself. */
const askable = (action: Action): { code: string; name: string }[] => {
  if (isEverywhere(action)) return [...AUTHORITIES, { code: 'all', name: 'Both authorities' }];
  return AUTHORITIES.filter(({ code }) => code === ownAuthority());
};

export const mayAskAbout = (authority: string, action: Action): boolean => askable(action).some(({ code }) => code === authority);

/** The items of a select box, the present choice selected; undefined where there is nothing to choose. */
export function authorityItems(chosen: string, action: Action) {
  const items = askable(action);
  return items.length > 1 ? items.map(({ code, name }) => ({ value: code, text: name, selected: code === chosen })) : undefined;
}

/** What is said to whoever came by an address to another authority that is not for them: throws the error again otherwise. */
export const orElsewhere = (authority: string) => (error: unknown): never => {
  const own = AUTHORITIES.find(({ code }) => code === visitor()?.authority);
  if (!(error instanceof NotAllowed) || !own || own.code === authority) throw error;
  throw new NotAllowed(`This is about ${authorityName(authority)}, and you see that of ${own.name} alone. Ask a colleague who works there.`);
};
