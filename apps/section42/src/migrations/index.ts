import { CreateEnquiries20261122020000 } from './20261122020000-create-enquiries.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';
import { CreateSeals1795380000001 } from './1795380000001-create-seals.js';
import { DateOutbox1795382000001 } from './1795382000001-date-outbox.js';
import { KnowStaff1795391000001 } from './1795391000001-know-staff.js';
import { LetReadingsBeAskedFor1795395000001 } from './1795395000001-let-readings-be-asked-for.js';
import { ShowEachAuthorityItsOwn1795420000001 } from './1795420000001-show-each-authority-its-own.js';
import { LetKeysBeChanged1795421000000 } from './1795421000000-let-keys-be-changed.js';
import { KeepReasonsEncrypted1795421000001 } from './1795421000001-keep-reasons-encrypted.js';
import { RestrictEnquiries1795450000001 } from './1795450000001-restrict-enquiries.js';
import { HideLetters1795485000001 } from './1795485000001-hide-letters.js';
import { LetEnquiriesBeDisposedOf1795490000000 } from './1795490000000-let-enquiries-be-disposed-of.js';
import { FindWhoseEnquiries1795497000001 } from './1795497000001-find-whose-enquiries.js';
import { ListLegalHolds1795500500100 } from './1795500500100-list-legal-holds.js';
import { EndSessions1795500700000 } from './1795500700000-end-sessions.js';
import { KeepEnquiriesFromSome1795501200000 } from './1795501200000-keep-enquiries-from-some.js';
import { AskWhatIsMostlySo1795501300000 } from './1795501300000-ask-what-is-mostly-so.js';
import { LeaveRoomForReplies1796000200000 } from './1796000200000-leave-room-for-replies.js';

/** The shape of the section42 schema, step by step. */
export const migrations = [
  CreateEnquiries20261122020000,
  ParkMessages1795379000001,
  CreateSeals1795380000001,
  DateOutbox1795382000001,
  KnowStaff1795391000001,
  LetReadingsBeAskedFor1795395000001,
  ShowEachAuthorityItsOwn1795420000001,
  LetKeysBeChanged1795421000000,
  KeepReasonsEncrypted1795421000001,
  RestrictEnquiries1795450000001,
  HideLetters1795485000001,
  LetEnquiriesBeDisposedOf1795490000000,
  FindWhoseEnquiries1795497000001,
  ListLegalHolds1795500500100,
  EndSessions1795500700000,
  KeepEnquiriesFromSome1795501200000,
  AskWhatIsMostlySo1795501300000,
  LeaveRoomForReplies1796000200000,
];
