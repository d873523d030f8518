export { Claimed, type IdentifyPerson } from './claimed.js';
export { ClaimsController } from './claims.controller.js';
export { FromPeople } from './from-people.js';
export { Identities } from './identities.js';
export { NamedController } from './named.controller.js';
export { ToldAliases } from './told-aliases.js';
