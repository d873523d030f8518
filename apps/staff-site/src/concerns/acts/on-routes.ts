import { z } from 'zod';
import { whereInWords } from '../sent-on.js';
import type { ConcernCase } from '../shapes.js';
import { type Act, errorsOf, filled, read, text } from './act.js';

/** Where somebody else has to take a concern. */
const ROUTES = ['adult_risk_management', 'care_act_assessment', 'quality_team', 'other_authority', 'case_management', 'review', 'other_council_service', 'external_agency'];

const shape = z.object({ reference: text, reason: text });
const fields = { 'concern/reason-required': 'reason' };
const nameOf = (route: string): string => route.replaceAll('_', '-');

type Sent = ConcernCase['routes'][number];

/** The last time that it was sent there. */
const sentTo = (route: string, { routes }: ConcernCase): Sent | undefined => routes.findLast((sent) => sent.route === route);
const where = (route: string, concern: ConcernCase): string => whereInWords(sentTo(route, concern) ?? { route, decision: 0 }, concern);

/** Records that whoever was sent it has it. */
const received = (route: string): Act => ({
  name: `has-it-${nameOf(route)}`,
  command: 'RecordRouteReceived',
  needs: 'concern.record_route',
  link: 'They have it',
  title: 'They have it',
  button: 'Record that they have it',
  done: 'It is recorded that they have it.',
  tells: ['RouteReceived'],
  fields,
  template: 'concern/has-it.njk',
  isBeside: true,
  isOffered: (concern) => ['waiting', 'refused'].includes(sentTo(route, concern)?.state ?? ''),
  wordsFor: (concern) => ({ title: `They have it: ${where(route, concern)}` }),
  form(concern, body) {
    const { reference } = read(shape, body);
    return { errors: [], path: `routes/${route}/received`, payload: { decision: sentTo(route, concern)?.decision, ...filled({ reference }) }, fields: { reference } };
  },
});

/** Records that whoever was sent it does not take it, which leaves it to whoever works on it. */
const refused = (route: string): Act => ({
  name: `refused-${nameOf(route)}`,
  command: 'RecordRouteRefused',
  needs: 'concern.record_route',
  link: 'They do not take it',
  title: 'They do not take it',
  button: 'Record that they do not take it',
  done: 'It is recorded that they do not take it. Open the concern again to decide where it goes, unless they take it after all.',
  tells: ['RouteRefused'],
  fields,
  template: 'concern/refused.njk',
  isBeside: true,
  isOffered: (concern) => ['waiting', 'received'].includes(sentTo(route, concern)?.state ?? ''),
  wordsFor: (concern) => ({ title: `They do not take it: ${where(route, concern)}` }),
  form(concern, body) {
    const { reason } = read(shape, body);
    return { errors: errorsOf([reason === '' && { text: 'Say why they do not take it', href: '#reason' }]), path: `routes/${route}/refused`, payload: { decision: sentTo(route, concern)?.decision, reason }, fields: { reason } };
  },
});

const byRoute = new Map(ROUTES.map((route) => [route, [received(route), refused(route)]]));

/** What can be recorded of where a concern was sent, each on a page of its own. */
export const onRoutes: readonly Act[] = [...byRoute.values()].flat();

export const actsOnRoute = (route: string): readonly Act[] => byRoute.get(route) ?? [];
