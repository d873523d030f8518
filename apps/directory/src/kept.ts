import { together } from '#libs/journal';
import { mentionSlice, mentionTable } from './mention/adapters/persistence/slice.js';
import { organisationSlice, organisationTable } from './organisation/adapters/persistence/slice.js';
import { placeSlice, placeTable } from './place/adapters/persistence/slice.js';
import { staffMemberTable, staffSlice } from './staff/adapters/persistence/slice.js';
import { teamSlice, teamTable } from './team/adapters/persistence/slice.js';

/** Everything that the one journal holds, for what goes over all of it. */
export const kept = {
  slice: together([staffSlice, teamSlice, organisationSlice, placeSlice, mentionSlice]),
  tables: [staffMemberTable, teamTable, organisationTable, placeTable, mentionTable],
};
