import type { ReferrerType } from './codes.js';

/** A partner organisation, as the directory has it. */
export interface PartnersOrganisation {
  name: string;
  kind: ReferrerType;
}

/** What somebody says of themselves who raises a concern; what they leave out is open. */
interface GivenReferrer {
  organisation?: string | undefined;
  type?: ReferrerType | undefined;
}

const PRIVATELY: readonly (ReferrerType | undefined)[] = ['self', 'family_or_friend'];

/** Whoever raises a concern, with the organisation for which they sign in. What they say themselves stands; whoever writes for themselves, or as family, writes for no organisation. */
export function speakingFor<Given extends GivenReferrer>(given: Given, known: PartnersOrganisation | undefined): Given {
  if (!known || PRIVATELY.includes(given.type)) return given;
  return { ...given, organisation: given.organisation || known.name, type: given.type ?? known.kind };
}
