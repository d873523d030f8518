import { codeInWords } from '#libs/pages';

const REFERRERS: Record<string, string> = {
  care_home: 'Care homes',
  home_care: 'Home care',
  nhs_acute: 'NHS acute',
  nhs_community: 'NHS community',
  nhs_mental_health: 'NHS mental health',
  ambulance: 'Ambulance',
  police: 'Police',
  housing: 'Housing',
  local_authority: 'Local authority',
  voluntary_sector: 'Voluntary sector',
  family_or_friend: 'Family or friend',
  self: 'The adult',
  other: 'Other',
  not_known: 'Not known',
};

/** Who raised a concern, in words. */
export function referrerInWords(type: string | null): string {
  return REFERRERS[type ?? 'not_known'] ?? sentence(type ?? '');
}

export const REFERRER_TYPES = Object.keys(REFERRERS).filter((type) => type !== 'not_known');

/** A code as the start of a sentence. */
export function sentence(code: string): string {
  const words = codeInWords(code);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
