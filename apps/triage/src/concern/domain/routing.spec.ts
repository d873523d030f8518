import { fold, specify } from '#libs/decider';

import { aConcern, aDecision, aRouting as routed, aTriage, limbs, reopened, reopening, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { concern, type ConcernEvent, type ConcernRouted, permitted, type RecordRouteReceived, type RecordRouteRefused } from './concern.js';

const { given } = specify(concern);
const THURSDAY = '2026-06-04T09:00:00.000000Z';
const not = { limbs: limbs('yes', 'no', 'no'), notSafeguardingReason: 'care_needs_only' } as const;
const toQuality = { ...not, outcome: 'quality_team' } as const;
const toNorth = { ...not, outcome: 'other_authority', otherAuthority: { code: 'E06000061', words: null } } as const;
const toLeeds = { ...not, outcome: 'other_authority', otherAuthority: { code: null, words: words('Leeds') } } as const;
const quality = { route: 'quality_team' } as const;
const north = { route: 'other_authority', otherAuthority: 'E06000061' } as const;
const receive: RecordRouteReceived = { type: 'RecordRouteReceived', at: WEDNESDAY, by: 'officer-1', route: 'quality_team', decision: 1, reference: words('spoke with a duty worker, Q-17') };
const received: ConcernEvent = { ...receive, type: 'RouteReceived' };
const refusing: RecordRouteRefused = { type: 'RecordRouteRefused', at: WEDNESDAY, by: 'officer-1', route: 'quality_team', decision: 1, reason: words('not a service of theirs') };
const refused: ConcernEvent = { ...refusing, type: 'RouteRefused', reason: words('not a service of theirs') };
const sentToQuality: ConcernEvent[] = [aConcern(), wishesKnown, aTriage(toQuality), routed([quality])];

const again = { at: THURSDAY, decidedBy: 'officer-1' } as const;
const second = (change: object) => aTriage({ ...change, at: THURSDAY, decision: 2 });
const routedAgain = (...routes: ConcernRouted['routes']) => routed(routes, { at: THURSDAY, decision: 2 });

/** Where it was sent, how that stands, and what may be heard from there. */
function stands(...events: ConcernEvent[]) {
  const state = fold(concern, events);
  const routes = state.status === 'absent' ? [] : state.story.routes.map(({ route, decision, state: heard }) => `${route} ${decision} ${heard}`);
  return [...routes, ...permitted(state).filter((type) => type.startsWith('RecordRoute'))];
}

describe('a decision that sends a concern on', () => {
  it('says where to: its outcome first and then what goes besides, each once', () => {
    given(aConcern(), wishesKnown)
      .when(aDecision({ ...toNorth, furtherRoutes: ['quality_team', 'review', 'review'] }))
      .then(aTriage({ ...toNorth, furtherRoutes: ['quality_team', 'review'] }), routed([north, quality, { route: 'review' }]));
  });
  it('does so beside an enquiry too', () => given(aConcern(), wishesKnown).when(aDecision({ furtherRoutes: ['case_management'] })).then(aTriage({ furtherRoutes: ['case_management'] }), routed([{ route: 'case_management' }])));
  it('has another council that is not known here told by no code', () => given(aConcern(), wishesKnown).when(aDecision(toLeeds)).then(aTriage(toLeeds), routed([{ route: 'other_authority' }])));
  it('sends nobody what is advice alone, nor what nothing more is done about', () => {
    given(aConcern(), wishesKnown).when(aDecision({ furtherRoutes: ['advice_and_guidance'] })).then(aTriage({ furtherRoutes: ['advice_and_guidance'] }));
    given(aConcern(), wishesKnown).when(aDecision({ ...not, outcome: 'no_further_action' })).then(aTriage({ ...not, outcome: 'no_further_action' }));
  });
  it('is heard of before it is drawn for a second look, which sends nothing', () => {
    given(aConcern(), wishesKnown)
      .when(aDecision({ ...toQuality, lot: { value: 0, share: 0.05 } }))
      .then(aTriage(toQuality), routed([quality]), { type: 'SecondLookDrawn', at: TUESDAY, decision: 1 });
  });
  it('waits for whoever is there', () => expect(stands(...sentToQuality)).toEqual(['quality_team 1 waiting', 'RecordRouteReceived', 'RecordRouteRefused']));
  it('of before that was told waits for nobody', () => expect(stands(aConcern(), aTriage(toQuality))).toEqual([]));
});

describe('what is heard from there', () => {
  it('is that they have it, with whom somebody spoke or without, and once', () => {
    given(...sentToQuality).when(receive).then(received);
    given(...sentToQuality).when({ ...receive, reference: null }).then({ ...received, reference: null });
    given(...sentToQuality, received).when(receive).thenNothing();
    expect(stands(...sentToQuality, received)).toEqual(['quality_team 1 received', 'RecordRouteRefused']);
  });
  it('is that they do not take it, with the reason, and stays open', () => {
    given(...sentToQuality).when(refusing).then(refused);
    given(...sentToQuality).when({ ...refusing, reason: null }).thenRefused('concern/reason-required');
    given(...sentToQuality, refused).when(refusing).thenNothing();
    expect(stands(...sentToQuality, refused)).toEqual(['quality_team 1 refused', 'RecordRouteReceived']);
  });
  it('may change: who refused it takes it after all, and who has it gives it back', () => {
    given(...sentToQuality, refused).when(receive).then(received);
    given(...sentToQuality, received).when(refusing).then(refused);
  });
  it('is recorded by a named person', () => {
    given(...sentToQuality).when({ ...receive, by: ' ' }).thenRefused('concern/person-required');
    given(...sentToQuality).when({ ...refusing, by: '' }).thenRefused('concern/person-required');
  });
  it('comes from where that decision sent it, and from nowhere else', () => {
    given(...sentToQuality).when({ ...receive, route: 'review' }).thenRefused('concern/route-not-awaited');
    given(...sentToQuality).when({ ...receive, decision: 2 }).thenRefused('concern/route-not-awaited');
  });
  it('changes nothing of what whoever raised it has to be told, nor of the decision', () =>
    expect(fold(concern, [...sentToQuality, received])).toMatchObject({ status: 'triaged', feedback: 'owed', decision: aTriage(toQuality) }));
});

describe('a concern that was sent on and is opened again', () => {
  it('goes on waiting for whoever was sent it', () => {
    given(...sentToQuality).when(reopening).then({ type: 'ConcernReopened', at: WEDNESDAY, by: 'manager-1', previousOutcome: 'quality_team', hasEnquiry: false, reason: words('more came in') });
    expect(stands(...sentToQuality, reopened)).toEqual(['quality_team 1 waiting', 'RecordRouteReceived', 'RecordRouteRefused']);
  });
  it('is not sent a second time to whoever was sent it or has it', () => {
    for (const heard of [[], [received]]) given(...sentToQuality, ...heard, reopened).when(aDecision({ ...toQuality, ...again })).then(second(toQuality));
    expect(stands(...sentToQuality, reopened, second(toQuality))).toEqual(['quality_team 1 waiting', 'RecordRouteReceived', 'RecordRouteRefused']);
  });
  it('is sent again to whoever refused it, if that is decided', () => {
    given(...sentToQuality, refused, reopened).when(aDecision({ ...toQuality, ...again })).then(second(toQuality), routedAgain(quality));
    expect(stands(...sentToQuality, refused, reopened, second(toQuality), routedAgain(quality))).toEqual(['quality_team 1 lapsed', 'quality_team 2 waiting', 'RecordRouteReceived', 'RecordRouteRefused']);
  });
  it('waits no more for whoever it is not sent to any more, and says so', () => {
    const elsewhere = [reopened, second(toNorth), routedAgain(north)];
    expect(stands(...sentToQuality, ...elsewhere)).toEqual(['quality_team 1 lapsed', 'other_authority 2 waiting', 'RecordRouteReceived', 'RecordRouteRefused']);
    expect(stands(...sentToQuality, refused, ...elsewhere)).toContain('quality_team 1 lapsed');
    expect(stands(...sentToQuality, received, ...elsewhere)).toContain('quality_team 1 received');
    given(...sentToQuality, ...elsewhere).when({ ...receive, at: THURSDAY }).thenRefused('concern/route-not-awaited');
  });
  it('is sent to another council where it fell to one before', () => {
    const sentNorth = [aConcern(), wishesKnown, aTriage(toNorth), routed([north]), reopened];
    given(...sentNorth).when(aDecision({ ...toLeeds, ...again })).then(second(toLeeds), routedAgain({ route: 'other_authority' }));
    given(...sentNorth).when(aDecision({ ...toNorth, ...again })).then(second(toNorth));
  });
});

it('nobody is waited for on a concern that should never have been recorded', () => {
  const inError: ConcernEvent = { type: 'ConcernEnteredInError', at: THURSDAY, proposedBy: 'officer-1', confirmedBy: 'manager-1', hasEnquiry: false, reason: words('a test') };
  expect(stands(...sentToQuality, inError)).toEqual(['quality_team 1 lapsed']);
});
