import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Action, ErrandName } from '#libs/access';

/** For whom a route is: whoever has the right to an action; whoever is signed in; the programs of this system that have this errand; anybody. */
export type Declared = { for: 'staff'; action: Action } | { for: 'signed_in' } | { for: 'services'; errand: ErrandName } | { for: 'anybody' };

export const DECLARED = Symbol('for whom a route is');

type Declaration = MethodDecorator & ClassDecorator;

/** This route is for those who have the right to the action; `libs/access` says who that is. */
export const Needs = (action: Action): Declaration =>
  applyDecorators(SetMetadata(DECLARED, { for: 'staff', action } satisfies Declared), ApiExtension('x-needs', action)) as Declaration;

/** This route tells somebody of themselves alone. */
export const SignedIn = (): Declaration => SetMetadata(DECLARED, { for: 'signed_in' } satisfies Declared);

/** This route is for those of our programs that have this errand; `libs/access` says which those are. */
export const Internal = (errand: ErrandName): Declaration =>
  applyDecorators(SetMetadata(DECLARED, { for: 'services', errand } satisfies Declared), ApiExtension('x-errand', errand)) as Declaration;

/** This route tells nothing of anybody, and may be asked by anybody. */
export const Open = (): Declaration => SetMetadata(DECLARED, { for: 'anybody' } satisfies Declared);
