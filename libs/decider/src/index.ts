export { assertNever, type Decider, fold, RuleViolation } from './decider.js';
export { specify } from './specify.js';
