export { Claimed, type IdentifyPerson } from './claimed.js';
export { ClaimsController } from './claims.controller.js';
export { FromPeople } from './from-people.js';
export { Identities } from './identities.js';
export { InheritedRestrictions, NamedElsewhere } from './inherited-restrictions.js';
export { NamedController } from './named.controller.js';
export { RestrictedPeopleController } from './restricted-people.controller.js';
export { RowsAboutPeople, type TakenRow } from './rows-about-people.js';
export { ToldAliases } from './told-aliases.js';
