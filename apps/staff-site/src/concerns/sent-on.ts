import { dayOf, listInWords, timeInWords } from '#libs/pages';
import { paths } from '../paths.js';
import type { ConcernCase } from './shapes.js';
import { councilInWords, furtherRoutes, orSentence } from './words.js';

type Sent = ConcernCase['routes'][number];
type Where = Pick<Sent, 'route' | 'decision'>;
type Told = Pick<ConcernCase, 'story'>;
type Sending = Pick<ConcernCase, 'routes' | 'story'>;

/** To whom a matter goes by a route; of another council its name, as far as that is said. */
export const routeInWords = (route: string, council = ''): string => (council ? `${council} (${orSentence(furtherRoutes, route).toLowerCase()})` : orSentence(furtherRoutes, route));

/** The same of one to which a decision sent this concern: a council that is not known here stands in the decision alone. */
export const whereInWords = (sent: Where, concern: Told): string => routeInWords(sent.route, councilOf(sent, concern));

const councilOf = ({ route, decision }: Where, { story }: Told): string =>
  route === 'other_authority' ? councilInWords(story.find((told) => told.type === 'ConcernTriaged' && told.decision === decision)?.otherAuthority) : '';

/** Whoever was sent it has said nothing yet. */
const isWaiting = ({ state }: Sent): boolean => state === 'waiting';

/** The same as whoever it is passed on to. */
const whom: Record<string, string> = {
  adult_risk_management: 'adult risk management',
  care_act_assessment: 'whoever makes Care Act assessments',
  quality_team: 'the quality team',
  other_authority: 'the other authority',
  case_management: 'case management',
  review: 'whoever reviews the care plan',
  other_council_service: 'the other service of the council',
  external_agency: 'the agency outside the council',
};

/** To whom whoever decided has to pass it on themselves: nothing here reaches them. */
export function toPassOn(concern: Sending): string | undefined {
  const to = concern.routes.filter(isWaiting).map((sent) => councilOf(sent, concern) || orSentence(whom, sent.route));
  if (to.length === 0) return undefined;
  return `Caseward does not tell them: pass it on yourself to ${listInWords(to)}, and record on the page of the concern when they have it.`;
}

/** What stands over the page while somebody has still to get an answer, or to find another way. */
export function awaited(concern: Sending): string | undefined {
  const of = (state: Sent['state']): string => listInWords(concern.routes.filter((sent) => sent.state === state).map((sent) => whereInWords(sent, concern)));
  const [waiting, refused] = [of('waiting'), of('refused')];
  return [waiting && `Sent on, and nobody has said yet that they have it: ${waiting}.`, refused && `Sent on, and not taken there: ${refused}.`].filter(Boolean).join(' ') || undefined;
}

/** What was heard last from where it was sent. */
const heardFrom = ({ route, decision }: Sent, { story }: Sending) => story.findLast((told) => (told.type === 'RouteReceived' || told.type === 'RouteRefused') && told.route === route && told.decision === decision);

function standing(sent: Sent, concern: Sending): string {
  const heard = heardFrom(sent, concern);
  switch (sent.state) {
    case 'received':
      return [`They have it, since ${timeInWords(sent.since)}`, heard?.reference].filter(Boolean).join(': ');
    case 'refused':
      return `${[`They do not take it, ${timeInWords(sent.since)}`, heard?.reason].filter(Boolean).join(': ')}. Open the concern again to decide where it goes, unless they take it after all`;
    case 'lapsed':
      return `Sent on ${dayOf(sent.sentAt)}. Nobody waits for an answer any more: tell them so, if it was passed on`;
    default:
      return `Sent on ${dayOf(sent.sentAt)}; nobody has said they have it yet. Caseward does not tell them: pass it on, and record when they have it`;
  }
}

/** Where a concern was sent, how that stands, and what can be recorded of it; `offered`: the ways to that of each. */
export const sentOn = (concern: Sending & { id: string }, offered: (route: string) => { name: string; link: string }[]) =>
  concern.routes.map((sent, at) => {
    const isLatest = concern.routes.findLastIndex(({ route }) => route === sent.route) === at;
    const where = whereInWords(sent, concern);
    return {
      key: { text: where },
      value: { text: standing(sent, concern) },
      ...(isLatest && sent.state !== 'lapsed' && { actions: { items: offered(sent.route).map(({ name, link }) => ({ href: paths.concernAct(concern.id, name), text: link, visuallyHiddenText: where })) } }),
    };
  });
