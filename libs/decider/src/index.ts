export { assertNever, type Decider, fold, type Refusal, RuleViolation, type TextRef } from './decider.js';
export { specify } from './specify.js';
export { agreedError, type ConfirmEnteredInError, type DeclineEnteredInError, declineError, type EnteredInErrorDeclined, type EnteredInErrorProposed, type ErrorProposal, type ProposeEnteredInError, proposeError } from './entered-in-error.js';
