import { specify } from '#libs/decider';

import { aConcern, aTriage, MONDAY, TUESDAY, words } from './a-concern.js';
import { concern, type ConcernEvent, type NamePlace } from './concern.js';

const { given } = specify(concern);
const act = { at: TUESDAY, by: 'officer-1' };
const name: NamePlace = { type: 'NamePlace', ...act, placeId: 'place-1', isKnown: true, reason: null };
const named: ConcernEvent = { type: 'PlaceNamed', ...act, placeId: 'place-1', reason: null };
const gone: ConcernEvent = { type: 'ConcernEnteredInError', at: TUESDAY, proposedBy: 'officer-1', confirmedBy: 'officer-2', reason: words('twice') };

describe('saying at which place it happened', () => {
  it('takes a person, and a place that is in the directory', () => {
    given(aConcern()).when(name).then(named);
    given(aConcern()).when({ ...name, by: ' ' }).thenRefused('concern/person-required');
    given(aConcern()).when({ ...name, isKnown: false }).thenRefused('concern/no-such-place');
  });
  it('is done also once it is decided, and changes nothing the second time', () => {
    given(aConcern(), aTriage()).when(name).then(named);
    given(aConcern(), named).when({ ...name, isKnown: false }).thenNothing();
    given(aConcern()).when({ ...name, placeId: null }).thenNothing();
  });
  it('is put right and taken back with a reason', () => {
    for (const placeId of ['place-2', null]) {
      given(aConcern(), named).when({ ...name, placeId }).thenRefused('concern/reason-required');
      given(aConcern(), named).when({ ...name, placeId, reason: words('why') }).then({ ...named, placeId, reason: words('why') });
    }
  });
  it('is not done with what is not there, or was entered in error', () => {
    given().when(name).thenRefused('concern/not-received');
    given(aConcern(), gone).when(name).thenRefused('concern/entered-in-error');
  });
  it('tells what it comes to', () => {
    const state = [aConcern({ at: MONDAY }), named].reduce(concern.evolve, concern.initialState);
    expect(state).toMatchObject({ status: 'awaiting-triage', clocksFrom: MONDAY, story: { placeId: 'place-1' } });
  });
});
