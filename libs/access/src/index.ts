export { type Asked, decide, type Held, type Rule, type Verdict, type Who } from './decide.js';
export { rightsInMarkdown, whoMay } from './in-words.js';
export { type Action, actions, type Right, rights, type Scope, scopeOf, scopes } from './rights.js';
export { type Role, roleCodes, roles } from './roles.js';
