import { CreateConcerns20261122010000 } from './20261122010000-create-concerns.js';
import { AddFeedback20261122030000 } from './20261122030000-add-feedback.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';
import { CreateSeals1795380000001 } from './1795380000001-create-seals.js';
import { DateOutbox1795382000001 } from './1795382000001-date-outbox.js';
import { LetAliasesBeMended1795384000001 } from './1795384000001-let-aliases-be-mended.js';
import { KeepOrganisationsNamed1795385000001 } from './1795385000001-keep-organisations-named.js';
import { KnowStaff1795391000001 } from './1795391000001-know-staff.js';
import { SayWhoHasIt1795393000001 } from './1795393000001-say-who-has-it.js';
import { SayWhoRaisedIt1795394000001 } from './1795394000001-say-who-raised-it.js';
import { LetReadingsBeAskedFor1795395000001 } from './1795395000001-let-readings-be-asked-for.js';
import { FindWhoWasJoined1795399000001 } from './1795399000001-find-who-was-joined.js';
import { ListDecidedConcerns1795410000001 } from './1795410000001-list-decided-concerns.js';
import { LookTwice1795411000001 } from './1795411000001-look-twice.js';
import { ShowEachAuthorityItsOwn1795420000001 } from './1795420000001-show-each-authority-its-own.js';
import { LetKeysBeChanged1795421000000 } from './1795421000000-let-keys-be-changed.js';
import { KeepReasonsEncrypted1795421000001 } from './1795421000001-keep-reasons-encrypted.js';
import { LetConcernsBeDisposedOf1795421000002 } from './1795421000002-let-concerns-be-disposed-of.js';
import { SendMessages1795440000001 } from './1795440000001-send-messages.js';
import { FollowByCode1795440000002 } from './1795440000002-follow-by-code.js';
import { RestrictConcerns1795450000001 } from './1795450000001-restrict-concerns.js';
import { KeepFiles1795460000001 } from './1795460000001-keep-files.js';
import { TellPrograms1795470000001 } from './1795470000001-tell-programs.js';
import { NamePlaces1795480000001 } from './1795480000001-name-places.js';
import { BoundWhatWaitsForPrograms1795484000001 } from './1795484000001-bound-what-waits-for-programs.js';
import { HideLetters1795485000003 } from './1795485000003-hide-letters.js';
import { SayThatMoreCame1795500400000 } from './1795500400000-say-that-more-came.js';
import { ListLegalHolds1795500500000 } from './1795500500000-list-legal-holds.js';
import { EndSessions1795500700000 } from './1795500700000-end-sessions.js';
import { KeepConcernsFromSome1795501200000 } from './1795501200000-keep-concerns-from-some.js';
import { AskWhatIsMostlySo1795501300000 } from './1795501300000-ask-what-is-mostly-so.js';
import { SayThatMoreIsWanted1795501500000 } from './1795501500000-say-that-more-is-wanted.js';
import { RingForDangerToldSince1795501600000 } from './1795501600000-ring-for-danger-told-since.js';
import { ChangeConcernsInPlace1796000100000 } from './1796000100000-change-concerns-in-place.js';
import { LeaveRoomForReplies1796000200000 } from './1796000200000-leave-room-for-replies.js';
import { AwaitRoutes1796000300000 } from './1796000300000-await-routes.js';

/** The shape of the triage schema, step by step. */
export const migrations = [
  CreateConcerns20261122010000,
  AddFeedback20261122030000,
  ParkMessages1795379000001,
  CreateSeals1795380000001,
  DateOutbox1795382000001,
  LetAliasesBeMended1795384000001,
  KeepOrganisationsNamed1795385000001,
  KnowStaff1795391000001,
  SayWhoHasIt1795393000001,
  SayWhoRaisedIt1795394000001,
  LetReadingsBeAskedFor1795395000001,
  FindWhoWasJoined1795399000001,
  ListDecidedConcerns1795410000001,
  LookTwice1795411000001,
  ShowEachAuthorityItsOwn1795420000001,
  LetKeysBeChanged1795421000000,
  KeepReasonsEncrypted1795421000001,
  LetConcernsBeDisposedOf1795421000002,
  SendMessages1795440000001,
  FollowByCode1795440000002,
  RestrictConcerns1795450000001,
  KeepFiles1795460000001,
  TellPrograms1795470000001,
  NamePlaces1795480000001,
  BoundWhatWaitsForPrograms1795484000001,
  HideLetters1795485000003,
  SayThatMoreCame1795500400000,
  ListLegalHolds1795500500000,
  EndSessions1795500700000,
  KeepConcernsFromSome1795501200000,
  AskWhatIsMostlySo1795501300000,
  SayThatMoreIsWanted1795501500000,
  RingForDangerToldSince1795501600000,
  ChangeConcernsInPlace1796000100000,
  LeaveRoomForReplies1796000200000,
  AwaitRoutes1796000300000,
];
