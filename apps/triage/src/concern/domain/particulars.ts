import type { AbuseType, Channel, LocationType, ReferrerType, SourceOfRisk } from './codes.js';

/** Something that is alleged besides the first, with a source and a place of its own. Null: not known. */
export interface Allegation {
  abuseType: AbuseType | null;
  sourceOfRisk: SourceOfRisk | null;
  locationType: LocationType | null;
}

/** What was said about the worry, in codes. Null and an empty list mean "not known", never "no". */
export interface Particulars {
  channel: Channel | null;
  referrerType: ReferrerType | null;
  abuseTypes: AbuseType[];
  locationType: LocationType | null;
  sourceOfRisk: SourceOfRisk | null;
  immediateRisk: boolean | null;
  /** What is alleged besides, each with a source and a place of its own; left out where nothing is. The fields above are of the first allegation. */
  otherAllegations?: Allegation[];
}

/** The kinds of abuse in all that is alleged, each once. */
export const kindsIn = ({ abuseTypes, otherAllegations = [] }: Pick<Particulars, 'abuseTypes' | 'otherAllegations'>): AbuseType[] => [
  ...new Set([...abuseTypes, ...otherAllegations.flatMap(({ abuseType }) => abuseType ?? [])]),
];

/** Who may be causing any of it. */
export const sourcesIn = ({ sourceOfRisk, otherAllegations = [] }: Pick<Particulars, 'sourceOfRisk' | 'otherAllegations'>): (SourceOfRisk | null)[] => [sourceOfRisk, ...otherAllegations.map((other) => other.sourceOfRisk)];

/** What was said about the worry, and nothing else; what is alleged besides is left out where there is nothing. */
export function particularsOf({ channel, referrerType, abuseTypes, locationType, sourceOfRisk, immediateRisk, otherAllegations = [] }: Particulars): Particulars {
  return { channel, referrerType, abuseTypes, locationType, sourceOfRisk, immediateRisk, ...(otherAllegations.length > 0 && { otherAllegations }) };
}
