import { CreateDolsRequests20261122010000 } from './20261122010000-create-dols-requests.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';
import { CreateSeals1795380000001 } from './1795380000001-create-seals.js';
import { DateOutbox1795382000001 } from './1795382000001-date-outbox.js';
import { LetAliasesBeMended1795384000001 } from './1795384000001-let-aliases-be-mended.js';
import { KeepOrganisationsNamed1795385000001 } from './1795385000001-keep-organisations-named.js';
import { KnowStaff1795391000001 } from './1795391000001-know-staff.js';
import { LetReadingsBeAskedFor1795395000001 } from './1795395000001-let-readings-be-asked-for.js';
import { ShowEachAuthorityItsOwn1795420000001 } from './1795420000001-show-each-authority-its-own.js';
import { LetKeysBeChanged1795421000000 } from './1795421000000-let-keys-be-changed.js';
import { KeepReasonsEncrypted1795421000001 } from './1795421000001-keep-reasons-encrypted.js';
import { FindWhoWasJoined1795483000004 } from './1795483000004-find-who-was-joined.js';
import { LetRequestsBeDisposedOf1795490000001 } from './1795490000001-let-requests-be-disposed-of.js';
import { RestrictRequests1795500200000 } from './1795500200000-restrict-requests.js';
import { ListLegalHolds1795500500200 } from './1795500500200-list-legal-holds.js';
import { EndSessions1795500700000 } from './1795500700000-end-sessions.js';
import { KeepRequestsFromSome1795501200000 } from './1795501200000-keep-requests-from-some.js';
import { AskWhatIsMostlySo1795501300000 } from './1795501300000-ask-what-is-mostly-so.js';
import { LeaveRoomForReplies1796000200000 } from './1796000200000-leave-room-for-replies.js';

/** The shape of the dols schema, step by step. */
export const migrations = [
  CreateDolsRequests20261122010000,
  ParkMessages1795379000001,
  CreateSeals1795380000001,
  DateOutbox1795382000001,
  LetAliasesBeMended1795384000001,
  KeepOrganisationsNamed1795385000001,
  KnowStaff1795391000001,
  LetReadingsBeAskedFor1795395000001,
  ShowEachAuthorityItsOwn1795420000001,
  LetKeysBeChanged1795421000000,
  KeepReasonsEncrypted1795421000001,
  FindWhoWasJoined1795483000004,
  LetRequestsBeDisposedOf1795490000001,
  RestrictRequests1795500200000,
  ListLegalHolds1795500500200,
  EndSessions1795500700000,
  KeepRequestsFromSome1795501200000,
  AskWhatIsMostlySo1795501300000,
  LeaveRoomForReplies1796000200000,
];
