import { z } from 'zod';
import { sentence } from '../words.js';

/** Something that is alleged besides the first, as `triage` tells it. */
export const allegations = z.array(z.object({ abuseType: z.string().nullable(), sourceOfRisk: z.string().nullable(), locationType: z.string().nullable() }));
type Allegation = z.infer<typeof allegations>[number];

const calledAbuse = ['physical', 'sexual', 'psychological', 'financial_or_material', 'discriminatory', 'organisational', 'domestic'];
const sources: Record<string, string> = { service_provider: 'by a service provider', known_to_individual: 'by somebody known to them', unknown_to_individual: 'by somebody unknown to them' };
const places: Record<string, string> = {
  own_home: 'at home',
  community: 'in the community',
  community_service: 'in a community service',
  care_home_nursing: 'in a nursing home',
  care_home_residential: 'in a residential care home',
  hospital_acute: 'in an acute hospital',
  hospital_mental_health: 'in a mental health hospital',
  hospital_community: 'in a community hospital',
  other: 'somewhere else',
};

/** “Financial or material abuse, by somebody known to them, at home”. */
function allegationInWords({ abuseType, sourceOfRisk, locationType }: Allegation): string {
  const kind = abuseType === null ? 'Of a kind not known' : `${sentence(abuseType)}${calledAbuse.includes(abuseType) ? ' abuse' : ''}`;
  return [kind, sources[sourceOfRisk ?? ''], places[locationType ?? '']].filter(Boolean).join(', ');
}

/** Where nothing is alleged besides. */
export const NOTHING_ELSE = 'Nothing else';

/** A line for each. */
export const allegationsInWords = (all: readonly Allegation[]): string[] => (all.length > 0 ? all.map(allegationInWords) : [NOTHING_ELSE]);
