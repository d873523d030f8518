import { visitor } from '#libs/pages';

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

/** The items of a select box, the present choice selected; figures can be asked for both, records for one. */
export function authorityItems(chosen: string, both?: 'with both') {
  return [...AUTHORITIES, ...(both ? [{ code: 'all', name: 'Both authorities' }] : [])].map(({ code, name }) => ({
    value: code,
    text: name,
    selected: code === chosen,
  }));
}
