import { type CanActivate, type ExecutionContext, HttpException, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { type Action, decide, type ErrandName, errands, mayAsk, type Program, type Right, rights } from '#libs/access';
import { type Bearer, INTERNAL, STEP_UP, TokenRefused, TokenVerifier } from '#libs/identity';
import { Membership } from './membership.js';
import { type Declared, DECLARED } from './needs.js';
import { COUNTS_ITEMS, itemsIn, Pace } from './pace.js';
import { Programs } from './programs.js';
import { type Acting, inWords, Refused } from './refused.js';
import type { Staff } from './staff.js';

const acting = new WeakMap<FastifyRequest, Acting>();
const signedIn = new WeakMap<FastifyRequest, Staff>();
const askedBy = new WeakMap<FastifyRequest, Program>();

/** Who acts in a request and what they do; undefined where nobody came past the guard to act. */
export const findActing = (request: FastifyRequest): Acting | undefined => acting.get(request);

/** Who acts in a request that came past the guard, and what they do. */
export function actingIn(request: FastifyRequest): Acting {
  const found = acting.get(request);
  if (!found) throw new Error('a route that asks who acts has to say with @Needs what they do');
  return found;
}

/** Who is signed in, in a request that came past the guard. */
export function signedInIn(request: FastifyRequest): Staff {
  const found = signedIn.get(request);
  if (!found) throw new Error('a route that asks who is signed in has to say @SignedIn');
  return found;
}

/** Which program of ours asks, in a request that came past the guard. */
export function programIn(request: FastifyRequest): Program {
  const found = askedBy.get(request);
  if (!found) throw new Error('a route that asks which program asks has to say with @Internal what for');
  return found;
}

/** Stands before every route: whoever has no role for what is asked goes no further. What a role reaches is asked where the record is read. */
@Injectable()
export class RightsGuard implements CanActivate {
  private readonly logger = new Logger('rights');

  constructor(
    private readonly reflector: Reflector,
    private readonly tokens: TokenVerifier,
    private readonly membership: Membership,
    private readonly pace: Pace,
    private readonly programs: Programs,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const declared = this.reflector.getAllAndOverride<Declared | undefined>(DECLARED, [context.getHandler(), context.getClass()]);
    if (!declared) throw new Error('a route that does not say for whom it is is for nobody');
    if (declared.for === 'anybody') return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const bearer = await this.tokens.verify(request.headers.authorization);
    if (!isCountedElsewhere(bearer)) await this.pace.count(`${bearer.account.tid} ${bearer.account.oid}`, this.reflector.get<boolean | undefined>(COUNTS_ITEMS, context.getHandler()) ? itemsIn(request.body) : 1);
    if (declared.for === 'services') {
      askedBy.set(request, this.ours(bearer, declared.errand));
      return true;
    }
    const staff = await this.membership.find(bearer);
    if (!staff) throw new HttpException({ message: 'You are signed in, and nobody here. An administrator of your council can register you.', code: 'rights/nobody' }, 403);
    signedIn.set(request, staff);
    if (declared.for === 'staff') acting.set(request, this.may(bearer, { staff, action: declared.action }));
    return true;
  }

  private may(bearer: Bearer, now: Acting): Acting {
    const verdict = decide({ who: now.staff, action: now.action });
    if (!verdict.allowed) {
      const refusal = { ...now, rule: verdict.rule };
      throw new Refused(refusal, 403, inWords(refusal));
    }
    // A program may do no more than its token was asked for.
    if (bearer.kind === 'client' && !bearer.scopes.includes(now.action)) throw this.lacks(bearer, now.action);
    // Asked before anything is looked up, so that it is answered alike whatever there is.
    if ((rights[now.action] as Right).stepUp && !bearer.stepUps.includes(STEP_UP)) throw new TokenRefused('step_up', `To ${rights[now.action].does}, sign in again: nothing else is proof that this is you.`, STEP_UP);
    return now;
  }

  /** The program of ours that this is. One of them may not ask what another may: whoever has its key has no more than its errands. */
  private ours(bearer: Bearer, errand: ErrandName): Program {
    if (!isProgramOfOurs(bearer)) throw this.lacks(bearer, INTERNAL);
    const program = this.programs.of(bearer.clientId);
    if (program && mayAsk(program, errand)) return program;
    this.logger.warn({ kind: 'refused', rule: 'errand', errand, client: bearer.clientId });
    throw new HttpException({ message: `You may not ${errands[errand].does}. Who may: ${errands[errand].by.join(', ')}.`, code: 'rights/errand', errand }, 403);
  }

  private lacks({ clientId }: Bearer, scope: Action | typeof INTERNAL): HttpException {
    this.logger.warn({ kind: 'refused', rule: 'scope', scope, client: clientId });
    const message = scope === INTERNAL ? 'This is for the services of this system alone.' : `The token is not for this: it lacks the scope ${scope}.`;
    return new HttpException({ message, code: 'rights/scope', scope }, 403);
  }
}

/** A service, a command or a site: what it asks, it asks for everybody. */
const isProgramOfOurs = ({ kind, scopes }: Bearer): boolean => kind === 'client' && scopes.includes(INTERNAL);

/** The public all come by the one program of the partner site, which counts them by their addresses. */
const isCountedElsewhere = (bearer: Bearer): boolean => isProgramOfOurs(bearer) || (bearer.kind === 'client' && bearer.roles.includes('public'));
