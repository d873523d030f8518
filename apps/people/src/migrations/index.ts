import { CreatePeople20261122010000 } from './20261122010000-create-people.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';
import { CreateSeals1795380000001 } from './1795380000001-create-seals.js';
import { DateOutbox1795382000001 } from './1795382000001-date-outbox.js';
import { LetIdentitiesBeVerified1795384000001 } from './1795384000001-let-identities-be-verified.js';
import { KnowStaff1795391000001 } from './1795391000001-know-staff.js';
import { LetReadingsBeAskedFor1795395000001 } from './1795395000001-let-readings-be-asked-for.js';
import { FindWhoIsSetApart1795399000001 } from './1795399000001-find-who-is-set-apart.js';
import { ShowEachAuthorityItsOwn1795420000001 } from './1795420000001-show-each-authority-its-own.js';
import { LetKeysBeChanged1795421000000 } from './1795421000000-let-keys-be-changed.js';
import { KeepReasonsEncrypted1795421000001 } from './1795421000001-keep-reasons-encrypted.js';
import { RestrictRecords1795450000001 } from './1795450000001-restrict-records.js';
import { HideLetters1795485000002 } from './1795485000002-hide-letters.js';
import { LetPeopleBeDisposedOf1795500000000 } from './1795500000000-let-people-be-disposed-of.js';
import { ListLegalHolds1795500500300 } from './1795500500300-list-legal-holds.js';
import { EndSessions1795500700000 } from './1795500700000-end-sessions.js';
import { KeepImportedNamings1795500800000 } from './1795500800000-keep-imported-namings.js';
import { FindBySeveralThingsAtOnce1795500700000 } from './1795500700000-find-by-several-things-at-once.js';
import { KeepRecordsFromSome1795501200000 } from './1795501200000-keep-records-from-some.js';
import { AskWhatIsMostlySo1795501300000 } from './1795501300000-ask-what-is-mostly-so.js';
import { LeaveRoomForReplies1796000200000 } from './1796000200000-leave-room-for-replies.js';

/** The shape of the people schema, step by step. */
export const migrations = [
  CreatePeople20261122010000,
  ParkMessages1795379000001,
  CreateSeals1795380000001,
  DateOutbox1795382000001,
  LetIdentitiesBeVerified1795384000001,
  KnowStaff1795391000001,
  LetReadingsBeAskedFor1795395000001,
  FindWhoIsSetApart1795399000001,
  ShowEachAuthorityItsOwn1795420000001,
  LetKeysBeChanged1795421000000,
  KeepReasonsEncrypted1795421000001,
  RestrictRecords1795450000001,
  HideLetters1795485000002,
  LetPeopleBeDisposedOf1795500000000,
  ListLegalHolds1795500500300,
  EndSessions1795500700000,
  KeepImportedNamings1795500800000,
  FindBySeveralThingsAtOnce1795500700000,
  KeepRecordsFromSome1795501200000,
  AskWhatIsMostlySo1795501300000,
  LeaveRoomForReplies1796000200000,
];
