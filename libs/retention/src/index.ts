export { basisOf, CLASSES, dueOn, type RetentionBasis, type RetentionRule, ruleInForce, TRIGGERS } from './rules.js';
export {
  ABOUT_KEEPING,
  type ConfirmDisposal,
  type DeclineDisposal,
  type Disposing,
  type HeldWith,
  type Keeping,
  type KeepingEvent,
  keepingAfter,
  type KeepOrDispose,
  keepOrDispose,
  type Kept,
  type LiftLegalHold,
  NOTHING_KEEPS_IT,
  permittedAtEnd,
  type PlaceLegalHold,
  type ProposeDisposal,
} from './keep-or-dispose.js';
