import { CreateDirectory1795383000001 } from './1795383000001-create-directory.js';
import { LetReadingsBeAskedFor1795395000001 } from './1795395000001-let-readings-be-asked-for.js';
import { ShowEachAuthorityItsOwn1795420000001 } from './1795420000001-show-each-authority-its-own.js';
import { LetKeysBeChanged1795421000000 } from './1795421000000-let-keys-be-changed.js';
import { KeepReasonsEncrypted1795421000001 } from './1795421000001-keep-reasons-encrypted.js';
import { SayForWhomPartnersSignIn1795486000001 } from './1795486000001-say-for-whom-partners-sign-in.js';
import { EndSessions1795500700000 } from './1795500700000-end-sessions.js';
import { AskWhatIsMostlySo1795501300000 } from './1795501300000-ask-what-is-mostly-so.js';
import { LeaveRoomForReplies1796000200000 } from './1796000200000-leave-room-for-replies.js';

/** The shape of the directory schema, step by step. */
export const migrations = [
  CreateDirectory1795383000001,
  LetReadingsBeAskedFor1795395000001,
  ShowEachAuthorityItsOwn1795420000001,
  LetKeysBeChanged1795421000000,
  KeepReasonsEncrypted1795421000001,
  SayForWhomPartnersSignIn1795486000001,
  EndSessions1795500700000,
  AskWhatIsMostlySo1795501300000,
  LeaveRoomForReplies1796000200000,
];
