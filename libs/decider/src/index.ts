export { assertNever, type Decider, fold, RuleViolation, type TextRef } from './decider.js';
export { specify } from './specify.js';
