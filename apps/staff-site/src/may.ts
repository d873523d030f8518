import { type Action, type Role, scopeOf } from '#libs/access';
import { visitor } from '#libs/pages';

/** Whether whoever is signed in may do something at all. A courtesy to them: each service judges by itself. */
export const may = (action: Action): boolean => mayOneOf(visitor()?.roles ?? [], action);

/** Whether somebody who has these roles may. */
export const mayOneOf = (roles: readonly string[], action: Action): boolean => roles.some((role) => scopeOf(action, role as Role) !== undefined);
