/** As the extract names where somebody is, less what is no place of its own. */
export const PLACE_SETTINGS = [
  'community_service',
  'care_home_nursing',
  'care_home_residential',
  'hospital_acute',
  'hospital_mental_health',
  'hospital_community',
  'other',
] as const;
export type PlaceSetting = (typeof PLACE_SETTINGS)[number];

/** The Care Quality Commission's id of a location: `1-` and digits, or the NHS's own five characters for a site of a trust. */
export const isCqcLocationId = (text: string): boolean => /^(1-\d{6,12}|R[0-9A-Z]{4})$/.test(text);
