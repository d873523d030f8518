import { assertNever } from '#libs/decider';

import { type Outcome, type Route, ROUTES } from './codes.js';
import type { ConcernCommand, RecordRouteReceived, RecordRouteRefused } from './concern-commands.js';
import type { ConcernEvent, ConcernImported, ConcernReceived, ConcernRouted, ConcernTriaged, OtherAuthority } from './concern-events.js';
import type { Concern, SentRoute, Story } from './concern-state.js';
import { needsPerson, refuse } from './refuse.js';
import { held } from './standing.js';

type Known = Exclude<Concern, { status: 'absent' }>;
type Answer = RecordRouteReceived | RecordRouteRefused;
/** Where to: of another authority, to which. */
type Where = Pick<SentRoute, 'route' | 'otherAuthority'>;

/** Whoever is at the other end is waited for: they have not answered, or do not take it and nobody found another way yet. */
export const isOpen = ({ state }: SentRoute): boolean => state === 'waiting' || state === 'refused';

/** Where a decision sends the matter that is not there yet. Nobody is sent the same concern twice: whoever has it would take it for another, and whoever was sent it and has not answered would be waited for as if from today. Who refused it is sent it again, since that is what was decided. */
export function routed(decided: ConcernTriaged, { routes }: Story): ConcernRouted[] {
  const to = routesOf(decided).filter((where) => !routes.some((sent) => isSame(sent, where) && (sent.state === 'waiting' || sent.state === 'received')));
  return to.length === 0 ? [] : [{ type: 'ConcernRouted', at: decided.at, decision: decided.decision, routes: to.map(codesOf) }];
}

/** The outcome first, where it is such, and then what goes besides. */
function routesOf({ outcome, furtherRoutes, otherAuthority }: Pick<ConcernTriaged, 'outcome' | 'furtherRoutes' | 'otherAuthority'>): Where[] {
  const all: readonly (Outcome | ConcernTriaged['furtherRoutes'][number])[] = [outcome, ...furtherRoutes];
  return ROUTES.filter((route) => all.includes(route))
    .toSorted((one, other) => all.indexOf(one) - all.indexOf(other))
    .map((route) => whereTo(route, otherAuthority));
}

const whereTo = (route: Route, otherAuthority: OtherAuthority | undefined): Where => ({ route, ...(route === 'other_authority' && otherAuthority ? { otherAuthority } : {}) });

const codesOf = ({ route, otherAuthority }: Where): ConcernRouted['routes'][number] => ({ route, ...(otherAuthority?.code ? { otherAuthority: otherAuthority.code } : {}) });

/** Another council is another place to send it to, also one that is named in words. */
const isSame = (one: Where, other: Where): boolean => one.route === other.route && councilOf(one) === councilOf(other);

const councilOf = ({ otherAuthority }: Where): string | undefined => otherAuthority?.code ?? otherAuthority?.words?.hmac;

const commands: readonly string[] = ['RecordRouteReceived', 'RecordRouteRefused'] satisfies Answer['type'][];
export const isAboutRoute = (command: ConcernCommand): command is Answer => commands.includes(command.type);

export type RouteEvent = Extract<ConcernEvent, { type: 'ConcernRouted' | 'RouteReceived' | 'RouteRefused' }>;
const events: readonly string[] = ['ConcernRouted', 'RouteReceived', 'RouteRefused'] satisfies RouteEvent['type'][];
export const tellsRoutes = (event: ConcernEvent): event is RouteEvent => events.includes(event.type);

/** What was heard from where it was sent. Who refused it may take it after all, and who has it may give it back. A refusal stays open until they do take it or it is decided again: reopening the concern is how it is sent elsewhere, or kept. */
export function answerRoute(command: Answer, state: Concern): ConcernEvent[] {
  const { story } = held(state);
  const { at, by, route, decision } = command;
  needsPerson(by);
  const sent = story.routes.find((one) => one.route === route && one.decision === decision);
  if (!sent || sent.state === 'lapsed')
    return refuse('concern/route-not-awaited', 'Nobody waits for an answer from there: this decision did not send the concern there, or it was decided again since.');
  switch (command.type) {
    case 'RecordRouteReceived':
      return sent.state === 'received' ? [] : [{ type: 'RouteReceived', at, by, route, decision, reference: command.reference }];
    case 'RecordRouteRefused':
      if (command.reason === null) return refuse('concern/reason-required', 'Say why they do not take it. Whoever decides it again has to know.');
      return sent.state === 'refused' ? [] : [{ type: 'RouteRefused', at, by, route, decision, reason: command.reason }];
    default:
      return assertNever(command);
  }
}

/** What may be heard from anywhere that it was sent. */
export function permittedOnRoutes({ routes }: Story): Answer['type'][] {
  const has = (...states: SentRoute['state'][]): boolean => routes.some(({ state }) => states.includes(state));
  return [...(has('waiting', 'refused') ? (['RecordRouteReceived'] as const) : []), ...(has('waiting', 'received') ? (['RecordRouteRefused'] as const) : [])];
}

/** Where it was sent, after one more event. While it is open again everybody who was sent it is still waited for; the next decision says who is not. */
export function routesAfter(state: Known, event: Exclude<ConcernEvent, ConcernReceived | ConcernImported>): SentRoute[] {
  const { routes } = state.story;
  switch (event.type) {
    case 'ConcernTriaged': {
      const still = routesOf(event);
      return routes.map((sent) => (sent.state === 'waiting' && still.some((where) => isSame(sent, where)) ? sent : lapsed(sent, event)));
    }
    case 'ConcernRouted':
      return [...routes, ...event.routes.map(({ route }): SentRoute => ({ ...whereTo(route, councilIn(state)), decision: event.decision, sentAt: event.at, state: 'waiting', since: event.at }))];
    case 'RouteReceived':
    case 'RouteRefused':
      return routes.map((sent) => (sent.route === event.route && sent.decision === event.decision ? { ...sent, state: event.type === 'RouteReceived' ? 'received' : 'refused', since: event.at } : sent));
    case 'ConcernEnteredInError':
    case 'ConcernDisposed':
      return routes.map((sent) => lapsed(sent, event));
    default:
      return routes;
  }
}

/** Whoever has it has it. */
const lapsed = (sent: SentRoute, { at }: { at: string }): SentRoute => (isOpen(sent) ? { ...sent, state: 'lapsed', since: at } : sent);

/** The council that the decision names which sends it. */
const councilIn = (state: Known): OtherAuthority | undefined => (state.status === 'triaged' ? state.decision.otherAuthority : undefined);
