import { specify, type TextRef } from '#libs/decider';

import { isCqcLocationId } from './codes.js';
import { place, type PlaceEvent, type RegisterPlace } from './place.js';

const { given } = specify(place);
const act = { at: '2026-06-01T09:00:00.000000Z', by: 'administrator-1' };
const words = (textId: string): TextRef => ({ textId, hmac: `hmac of ${textId}` });
const home = { cqcLocationId: '1-123456789', setting: 'care_home_nursing', localArea: 'N5', organisationId: 'organisation-1' } as const;
const register: RegisterPlace = { type: 'RegisterPlace', ...act, ...home, name: words('name'), isLocationTaken: false, isOrganisationOpen: true };
const registered: PlaceEvent = { type: 'PlaceRegistered', ...act, ...home, name: words('name') };
const close = { type: 'ClosePlace', ...act, closedOn: '2026-05-31', today: '2026-06-01', reason: null } as const;
const closed: PlaceEvent = { type: 'PlaceClosed', ...act, closedOn: '2026-05-31', reason: null };

describe('a location id of the Care Quality Commission', () => {
  it.each(['1-123456789', '1-1000210669', 'RNS01', 'RV3AN'])('may be %s', (text) => expect(isCqcLocationId(text)).toBe(true));
  it.each(['', '123456789', '1-12', '1-12345678a', 'RNS0', 'rns01', 'The house', '1-123456789 '])('is not "%s"', (text) => expect(isCqcLocationId(text)).toBe(false));
});

describe('a place', () => {
  it('is registered once', () => {
    given().when(register).then(registered);
    given(registered).when(register).thenNothing();
    given().when({ ...register, name: null }).thenRefused('place/name-required');
  });
  it('has a location id that no other open place has, or none', () => {
    given().when({ ...register, cqcLocationId: 'the house' }).thenRefused('place/no-location-id');
    given().when({ ...register, isLocationTaken: true }).thenRefused('place/location-taken');
    given().when({ ...register, cqcLocationId: null }).then({ ...registered, cqcLocationId: null });
  });
  it('is run by an organisation that is there', () => given().when({ ...register, isOrganisationOpen: false }).thenRefused('place/no-such-organisation'));
  it('is taken over by another, on a day that has come', () => {
    const takeOver = { type: 'TakeOverPlace', ...act, organisationId: 'organisation-2', since: '2026-05-01', today: '2026-06-01', isOrganisationOpen: true } as const;
    given(registered).when(takeOver).then({ type: 'PlaceTakenOver', ...act, organisationId: 'organisation-2', since: '2026-05-01' });
    given(registered).when({ ...takeOver, organisationId: 'organisation-1', isOrganisationOpen: false }).thenNothing();
    given(registered).when({ ...takeOver, isOrganisationOpen: false }).thenRefused('place/no-such-organisation');
    given(registered).when({ ...takeOver, since: '2026-06-02' }).thenRefused('place/in-the-future');
    given(registered, closed).when(takeOver).thenRefused('place/closed');
  });
  it('is put right with a reason, also when it is closed', () => {
    const correct = { type: 'CorrectPlace', ...act, isLocationTaken: false, reason: words('why') } as const;
    const correction = { field: 'cqcLocationId', value: '1-111111111' } as const;
    given(registered, closed).when({ ...correct, correction }).then({ type: 'PlaceCorrected', ...act, correction, reason: words('why') });
    given(registered).when({ ...correct, correction, isLocationTaken: true }).thenRefused('place/location-taken');
    given(registered).when({ ...correct, correction: { ...correction, value: 'the house' } }).thenRefused('place/no-location-id');
    given(registered).when({ ...correct, correction: { field: 'localArea', value: 'N5' } }).thenNothing();
    given(registered).when({ ...correct, correction, reason: null }).thenRefused('place/reason-required');
  });
  it('is closed on a day that has come', () => {
    given(registered).when(close).then(closed);
    given(registered, closed).when(close).thenNothing();
    given(registered).when({ ...close, closedOn: '2026-06-02' }).thenRefused('place/in-the-future');
    given().when(close).thenRefused('place/not-registered');
  });
  it('takes two people to be entered in error', () => {
    const proposed: PlaceEvent = { type: 'EnteredInErrorProposed', ...act, reason: words('twice') };
    const confirm = { type: 'ConfirmEnteredInError', at: act.at, by: 'administrator-2' } as const;
    const gone: PlaceEvent = { type: 'PlaceEnteredInError', at: act.at, proposedBy: 'administrator-1', confirmedBy: 'administrator-2', reason: words('twice') };
    given(registered, proposed).when(confirm).then(gone);
    given(registered, proposed).when({ ...confirm, by: 'administrator-1' }).thenRefused('place/second-person-required');
    given(registered, proposed, gone).when(close).thenRefused('place/entered-in-error');
  });
});
