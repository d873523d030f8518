import { specify, type TextRef } from '#libs/decider';

import { permitted, team, type FormTeam, type TeamEvent } from './team.js';

const { given } = specify(team);
const act = { at: '2026-06-01T09:00:00.000000Z', by: 'administrator-1' };
const words = (textId: string): TextRef => ({ textId, hmac: `hmac of ${textId}` });
const form: FormTeam = { type: 'FormTeam', ...act, code: 'community_north', isCodeTaken: false, name: words('name') };
const formed: TeamEvent = { type: 'TeamFormed', ...act, code: 'community_north', name: words('name') };
const close = { type: 'CloseTeam', ...act, members: 0, reason: words('merged') } as const;
const closed: TeamEvent = { type: 'TeamClosed', ...act, reason: words('merged') };

describe('a team', () => {
  it('is formed once, under a code that no other has', () => {
    given().when(form).then(formed);
    given(formed).when({ ...form, isCodeTaken: true }).thenNothing();
    given().when({ ...form, isCodeTaken: true }).thenRefused('team/code-taken');
    given().when({ ...form, name: null }).thenRefused('team/name-required');
  });
  it('is called otherwise, with a reason', () => {
    const correct = { type: 'CorrectTeam', ...act, name: words('new name'), reason: words('why') } as const;
    given(formed).when(correct).then({ type: 'TeamCorrected', ...act, name: words('new name'), reason: words('why') });
    given(formed).when({ ...correct, reason: null }).thenRefused('team/reason-required');
    given(formed).when({ ...correct, name: words('name') }).thenNothing();
    given().when(correct).thenRefused('team/not-formed');
  });
  it('is closed when nobody is in it, with a reason', () => {
    given(formed).when(close).then(closed);
    given(formed, closed).when(close).thenNothing();
    given(formed).when({ ...close, members: 1 }).thenRefused('team/has-members');
    given(formed).when({ ...close, reason: null }).thenRefused('team/reason-required');
    expect(permitted({ status: 'closed', team: { code: 'x', name: words('name'), errorProposal: null } })).toEqual(['CorrectTeam', 'ProposeEnteredInError']);
  });
  it('takes two people to be entered in error', () => {
    const proposed: TeamEvent = { type: 'EnteredInErrorProposed', ...act, reason: words('twice') };
    const confirm = { type: 'ConfirmEnteredInError', at: act.at, by: 'administrator-2', members: 0 } as const;
    const gone: TeamEvent = { type: 'TeamEnteredInError', at: act.at, proposedBy: 'administrator-1', confirmedBy: 'administrator-2', reason: words('twice') };
    given(formed, proposed).when(confirm).then(gone);
    given(formed, proposed).when({ ...confirm, by: 'administrator-1' }).thenRefused('team/second-person-required');
    given(formed, proposed).when({ ...confirm, members: 2 }).thenRefused('team/has-members');
    given(formed, proposed, gone).when(close).thenRefused('team/entered-in-error');
  });
});
