export { type Asked, decide, type Held, type Rule, type Verdict, type Who } from './decide.js';
export { type ErrandName, errandNames, errands, mayAsk, type Program, programs } from './errands.js';
export { errandsInMarkdown, rightsInMarkdown, whoMay } from './in-words.js';
export { type Action, actions, type Right, rights, type Scope, scopeOf, scopes } from './rights.js';
export { type Role, roleCodes, roles } from './roles.js';
