import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Action } from '#libs/access';

/** For whom a route is: whoever has the right to an action; whoever is signed in; the services and commands of this system; anybody. */
export type Declared = { for: 'staff'; action: Action } | { for: 'signed_in' } | { for: 'services' } | { for: 'anybody' };

export const DECLARED = Symbol('for whom a route is');

type Declaration = MethodDecorator & ClassDecorator;

/** This route is for those who have the right to the action; `libs/access` says who that is. */
export const Needs = (action: Action): Declaration =>
  applyDecorators(SetMetadata(DECLARED, { for: 'staff', action } satisfies Declared), ApiExtension('x-needs', action)) as Declaration;

/** This route tells somebody of themselves alone. */
export const SignedIn = (): Declaration => SetMetadata(DECLARED, { for: 'signed_in' } satisfies Declared);

/** This route is for the other services and the commands alone, whose tokens say so. */
export const Internal = (): Declaration => SetMetadata(DECLARED, { for: 'services' } satisfies Declared);

/** This route tells nothing of anybody, and may be asked by anybody. */
export const Open = (): Declaration => SetMetadata(DECLARED, { for: 'anybody' } satisfies Declared);
