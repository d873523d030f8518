import { v5 } from 'uuid';
import type { OrganisationKind } from '../organisation/domain/codes.js';
import type { PlaceSetting } from '../place/domain/codes.js';

const namespace = 'c8a7f5d2-95b1-5d6e-8a2c-4f1b7e3a9d60';
const idOf = (authority: string, what: string): string => v5(`${authority}/${what}`, namespace);

export const teamCodes = ['safeguarding_assurance', 'community_north', 'community_south', 'hospital', 'mental_health', 'dols'] as const;
export type TeamCode = (typeof teamCodes)[number];
export const teamIdOf = (authority: string, code: TeamCode): string => idOf(authority, `team/${code}`);
export const teamNameOf = (code: TeamCode): string => `Team ${code.replaceAll('_', ' ')} (invented)`;

export interface InventedOrganisation {
  kind: OrganisationKind;
  name: string;
  /** Who signs in for it in an authority. */
  partners?: (at: string) => string[];
  places: { name: string; setting: PlaceSetting; cqcLocationId: string | null; localArea: string | null }[];
}

/** The same few in each authority. */
export const organisations: readonly InventedOrganisation[] = [
  {
    kind: 'care_home',
    name: 'Invented Care Homes',
    partners: (at) => [`staff-partner${at}-2`],
    places: [
      { name: 'Invented House', setting: 'care_home_residential', cqcLocationId: '1-100000001', localArea: null },
      { name: 'Invented Court', setting: 'care_home_nursing', cqcLocationId: '1-100000002', localArea: null },
    ],
  },
  { kind: 'home_care', name: 'Invented Care at Home', partners: (at) => [`staff-partner${at}-1`], places: [] },
  {
    kind: 'nhs_acute',
    name: 'Invented Hospitals',
    partners: (at) => [`partner-hospital${at}`],
    places: [{ name: 'Invented General Hospital', setting: 'hospital_acute', cqcLocationId: 'RZZ01', localArea: null }],
  },
  { kind: 'police', name: 'Invented Police', partners: (at) => [`partner-police${at}`], places: [] },
];

/** The ids by which its people and programs act. */
export const partnersOf = (authority: string, { partners }: InventedOrganisation): string[] => partners?.(authority === 'E06000062' ? '' : '-north') ?? [];

export const organisationIdOf = (authority: string, { name }: { name: string }): string => idOf(authority, `organisation/${name}`);
export const placeIdOf = (authority: string, { name }: { name: string }): string => idOf(authority, `place/${name}`);
