import { specify, type TextRef } from '#libs/decider';

import { mention, type MentionEvent, permitted } from './mention.js';

const { given } = specify(mention);
const at = '2026-06-01T09:00:00.000000Z';
const act = { at, by: 'data-manager-1' };
const words = (textId: string): TextRef => ({ textId, hmac: `hmac of ${textId}` });
const find = { type: 'FindMention', at, file: 'concerns', kind: 'nhs_acute', name: words('name') } as const;
const found: MentionEvent = { type: 'MentionFound', at, file: 'concerns', kind: 'nhs_acute', name: words('name') };
const match = { type: 'MatchMention', ...act, organisationId: 'organisation-1', isOrganisationOpen: true, reason: null } as const;
const matched: MentionEvent = { type: 'MentionMatched', ...act, organisationId: 'organisation-1', reason: null };
const dismiss = { type: 'DismissMention', ...act, reason: words('a neighbour') } as const;
const dismissed: MentionEvent = { type: 'MentionDismissed', ...act, reason: words('a neighbour') };

describe('a name that an extract gives an organisation', () => {
  it('is found once, however often it comes', () => {
    given().when(find).then(found);
    given(found, matched).when(find).thenNothing();
    given().when({ ...find, name: null }).thenNothing();
  });
  it('is matched by a person with an organisation that is there', () => {
    given(found).when(match).then(matched);
    given(found, matched).when(match).thenNothing();
    given(found).when({ ...match, isOrganisationOpen: false }).thenRefused('mention/no-such-organisation');
    given().when(match).thenRefused('mention/not-found');
  });
  it('is matched otherwise with a reason', () => {
    given(found, matched).when({ ...match, organisationId: 'organisation-2' }).thenRefused('mention/reason-required');
    given(found, matched).when({ ...match, organisationId: 'organisation-2', reason: words('misread') }).then({ ...matched, organisationId: 'organisation-2', reason: words('misread') });
    given(found, dismissed).when(match).thenRefused('mention/reason-required');
  });
  it('is dismissed with a reason', () => {
    given(found).when(dismiss).then(dismissed);
    given(found, dismissed).when(dismiss).thenNothing();
    given(found).when({ ...dismiss, reason: null }).thenRefused('mention/reason-required');
    expect(permitted(mention.evolve(mention.evolve({ status: 'absent' }, found), dismissed))).toEqual(['MatchMention']);
  });
});
