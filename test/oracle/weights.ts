/** How often each code is met in the example, in a thousand. */
export const weights = {
  authority: { E06000062: 593, E06000061: 407 },
  gender: { female: 582, male: 413, other: 5 },
  ethnicity: { white_british: 803, white_other: 68, asian: 49, black: 39, mixed: 15, not_recorded: 12, other: 7, refused: 6 },
  primary_support_reason: { physical_support: 433, memory_and_cognition: 139, learning_disability: 124, mental_health: 119, none: 73, social_support: 61, not_recorded: 31, sensory_support: 20 },
  channel: { online: 582, email: 196, telephone: 170, police_notification: 52 },
  referrer_type: {
    care_home: 194, nhs_acute: 139, police: 134, ambulance: 123, home_care: 88, nhs_community: 88, nhs_mental_health: 70, local_authority: 51,
    housing: 49, voluntary_sector: 32, family_or_friend: 21, self: 11,
  },
  abuse_type: {
    neglect_and_acts_of_omission: 360, physical: 200, psychological: 150, financial_or_material: 130, self_neglect: 60, domestic: 40,
    sexual: 30, organisational: 20, discriminatory: 4, sexual_exploitation: 4, modern_slavery: 2,
  },
  location_type: {
    own_home: 451, care_home_residential: 193, care_home_nursing: 117, hospital_acute: 59, community: 49, hospital_mental_health: 42,
    community_service: 38, other: 30, hospital_community: 21,
  },
  source_of_risk: { known_to_individual: 509, service_provider: 329, unknown_to_individual: 162 },
  triage_outcome: { no_further_action: 292, s42_enquiry: 222, care_act_assessment: 186, quality_team: 141, other_enquiry: 87, adult_risk_management: 39, other_authority: 33 },
  not_safeguarding_reason: { care_needs_only: 286, quality_of_care: 198, no_care_and_support_needs: 133, no_abuse_or_neglect_identified: 125, already_known: 49, other_authority: 43, '': 166 },
  conducted_by: { local_authority: 618, care_provider: 203, nhs: 162, police: 17 },
  team: { community: 235, safeguarding: 224, community_south: 109, hospital: 109, mental_health: 106, safeguarding_assurance: 104, community_north: 103 },
  outcomes_asked: { asked_and_expressed: 687, not_asked: 158, asked_not_expressed: 155 },
  outcomes_achieved: { fully_achieved: 657, partially_achieved: 307, not_achieved: 36 },
  mental_capacity: { has_capacity: 575, lacks_capacity: 340, not_known: 50, not_recorded: 35 },
  risk_outcome: { reduced: 570, removed: 275, remained: 87, no_risk_identified: 68 },
  kind: { new: 756, renewal: 244 },
  setting: { care_home_residential: 546, care_home_nursing: 246, hospital_acute: 157, hospital_mental_health: 29, hospital_community: 22 },
  priority: { low: 401, medium: 388, high: 211 },
  dols_outcome: { granted: 616, died: 136, withdrawn: 122, not_granted: 87, moved: 39 },
};
