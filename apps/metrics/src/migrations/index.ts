import { CreateFacts1795305600000 } from './1795305600000-create-facts.js';
import { DrawUpFactsBeside1795305700000 } from './1795305700000-draw-up-facts-beside.js';
import { ParkMessages1795379000001 } from './1795379000001-park-messages.js';
import { KnowStaff1795391000001 } from './1795391000001-know-staff.js';
import { CountInIndexes1795399000001 } from './1795399000001-count-in-indexes.js';
import { ShowEachAuthorityItsOwn1795420000001 } from './1795420000001-show-each-authority-its-own.js';
import { KeepReasonsEncrypted1795421000001 } from './1795421000001-keep-reasons-encrypted.js';
import { KeepTallies1795440000001 } from './1795440000001-keep-tallies.js';
import { KnowWhoWasTold1795441000001 } from './1795441000001-know-who-was-told.js';
import { KnowWhatWasRaisedBefore1795442000001 } from './1795442000001-know-what-was-raised-before.js';
import { KnowWhetherSomebodyDecided1795482000001 } from './1795482000001-know-whether-somebody-decided.js';
import { EndSessions1795500700000 } from './1795500700000-end-sessions.js';
import { FindRepeatsByPerson1795500700000 } from './1795500700000-find-repeats-by-person.js';
import { CountInArrays1795500700001 } from './1795500700001-count-in-arrays.js';
import { AskWhatIsMostlySo1795501300000 } from './1795501300000-ask-what-is-mostly-so.js';
import { FindByWholeIndexes1795501400000 } from './1795501400000-find-by-whole-indexes.js';
import { AskOnceWhetherAllIsSeen1796000100000 } from './1796000100000-ask-once-whether-all-is-seen.js';
import { KnowWhatWasDecided1796000400000 } from './1796000400000-know-what-was-decided.js';

/** The shape of the metrics schema, step by step. */
export const migrations = [
  CreateFacts1795305600000,
  DrawUpFactsBeside1795305700000,
  ParkMessages1795379000001,
  KnowStaff1795391000001,
  CountInIndexes1795399000001,
  ShowEachAuthorityItsOwn1795420000001,
  KeepReasonsEncrypted1795421000001,
  KeepTallies1795440000001,
  KnowWhoWasTold1795441000001,
  KnowWhatWasRaisedBefore1795442000001,
  KnowWhetherSomebodyDecided1795482000001,
  EndSessions1795500700000,
  FindRepeatsByPerson1795500700000,
  CountInArrays1795500700001,
  AskWhatIsMostlySo1795501300000,
  FindByWholeIndexes1795501400000,
  AskOnceWhetherAllIsSeen1796000100000,
  KnowWhatWasDecided1796000400000,
];
