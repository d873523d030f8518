import { specify, type TextRef } from '#libs/decider';

import { organisation, type OrganisationEvent, type RegisterOrganisation } from './organisation.js';

const { given } = specify(organisation);
const act = { at: '2026-06-01T09:00:00.000000Z', by: 'administrator-1' };
const words = (textId: string): TextRef => ({ textId, hmac: `hmac of ${textId}` });
const register: RegisterOrganisation = { type: 'RegisterOrganisation', ...act, kind: 'care_home', name: words('name') };
const registered: OrganisationEvent = { type: 'OrganisationRegistered', ...act, kind: 'care_home', name: words('name') };

describe('a partner organisation', () => {
  it('is registered once, by its name and kind', () => {
    given().when(register).then(registered);
    given(registered).when(register).thenNothing();
    given().when({ ...register, name: null }).thenRefused('organisation/name-required');
  });
  it('is put right with a reason', () => {
    const correct = { type: 'CorrectOrganisation', ...act, reason: words('why') } as const;
    const kind = { field: 'kind', value: 'home_care' } as const;
    given(registered).when({ ...correct, correction: kind }).then({ type: 'OrganisationCorrected', ...act, correction: kind, reason: words('why') });
    given(registered).when({ ...correct, correction: { field: 'kind', value: 'care_home' } }).thenNothing();
    given(registered).when({ ...correct, correction: { field: 'name', value: words('name') } }).thenNothing();
    given(registered).when({ ...correct, correction: { field: 'name', value: null } }).thenRefused('organisation/name-required');
    given(registered).when({ ...correct, correction: kind, reason: null }).thenRefused('organisation/reason-required');
  });
  it('is closed on a day that has come, when it runs no place any more', () => {
    const close = { type: 'CloseOrganisation', ...act, closedOn: '2026-05-31', today: '2026-06-01', places: 0, reason: null } as const;
    const closed: OrganisationEvent = { type: 'OrganisationClosed', ...act, closedOn: '2026-05-31', reason: null };
    given(registered).when(close).then(closed);
    given(registered, closed).when(close).thenNothing();
    given(registered).when({ ...close, closedOn: '2026-06-02' }).thenRefused('organisation/closed-in-the-future');
    given(registered).when({ ...close, places: 1 }).thenRefused('organisation/runs-places');
    given().when(close).thenRefused('organisation/not-registered');
  });
  it('says who signs in for it, and nobody does for two', () => {
    const add = { type: 'AddPartner', ...act, partnerId: 'partner-1', isAnothers: false } as const;
    const remove = { type: 'RemovePartner', ...act, partnerId: 'partner-1' } as const;
    const [added, removed]: OrganisationEvent[] = [{ type: 'PartnerAdded', ...act, partnerId: 'partner-1' }, { type: 'PartnerRemoved', ...act, partnerId: 'partner-1' }];
    given(registered).when(add).then(added!);
    given(registered, added!).when(add).thenNothing();
    given(registered).when({ ...add, isAnothers: true }).thenRefused('organisation/partner-of-another');
    given(registered, { type: 'OrganisationClosed', ...act, closedOn: '2026-05-31', reason: null }).when(add).thenRefused('organisation/closed');
    given(registered, added!).when(remove).then(removed!);
    given(registered, added!, removed!).when(remove).thenNothing();
    given(registered, added!, removed!).when(add).then(added!);
  });
  it('takes two people to be entered in error, and runs no place then', () => {
    const proposed: OrganisationEvent = { type: 'EnteredInErrorProposed', ...act, reason: words('twice') };
    const confirm = { type: 'ConfirmEnteredInError', at: act.at, by: 'administrator-2', places: 0 } as const;
    given(registered, proposed).when(confirm).then({ type: 'OrganisationEnteredInError', at: act.at, proposedBy: 'administrator-1', confirmedBy: 'administrator-2', reason: words('twice') });
    given(registered, proposed).when({ ...confirm, places: 1 }).thenRefused('organisation/runs-places');
    given(registered).when(confirm).thenRefused('organisation/error-not-proposed');
  });
});
