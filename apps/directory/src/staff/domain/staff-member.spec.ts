import { specify } from '#libs/decider';

import { aDeputy, administrator, aMember, appointed, aRegistration, disabled, given as givenRoles, MONDAY, TUESDAY, WEST, words, worker } from './a-member.js';
import { type SavedView, staffMember, type StaffEvent } from './staff-member.js';

const { given } = specify(staffMember);
const act = { at: TUESDAY, by: 'administrator-1' };
const inError: StaffEvent[] = [
  aMember(),
  givenRoles(worker),
  { type: 'EnteredInErrorProposed', ...act, reason: words('the wrong account') },
  { type: 'StaffMemberEnteredInError', at: TUESDAY, proposedBy: 'administrator-1', confirmedBy: 'administrator-2', reason: words('the wrong account') },
];

describe('taking somebody on', () => {
  it('makes them known, without any role', () => given().when(aRegistration()).then(aMember()));
  it('is done once', () => given(aMember(), disabled).when(aRegistration()).thenNothing());
  it('needs a name', () => given().when(aRegistration({ name: null })).thenRefused('staff-member/name-required'));
  it('begins anew for somebody who was entered in error', () => {
    given(...inError).when(aRegistration({ at: TUESDAY })).then(aMember({ at: TUESDAY }));
    given(...inError, aMember({ at: TUESDAY })).when({ type: 'TakeRole', ...act, role: 'enquiry_worker', isLastAdministrator: false, reason: null }).thenNothing();
  });
});

describe('a role', () => {
  const give = { type: 'GiveRole', ...act, ...worker } as const;
  const take = { type: 'TakeRole', ...act, role: 'administrator', isLastAdministrator: false, reason: words('wants none') } as const;

  it('is given, and once', () => {
    given(aMember()).when(give).then({ type: 'RoleGiven', ...act, given: worker, roles: [worker] });
    given(aMember(), givenRoles(worker)).when(give).thenNothing();
  });
  it('is given by nobody to themselves', () => given(aMember()).when({ ...give, by: 'worker-1' }).thenRefused('staff-member/own-role'));
  it('holds in the authority that looks after the person', () =>
    given(aMember()).when({ ...give, authority: 'E06000061' }).thenRefused('staff-member/role-of-another-authority'));
  it('holds in none only for the board', () => {
    given(aMember()).when({ ...give, authority: null }).thenRefused('staff-member/role-of-another-authority');
    given(aMember()).when({ ...give, role: 'board_member' }).thenRefused('staff-member/board-has-no-authority');
    const member = { role: 'board_member', authority: null } as const;
    given(aMember()).when({ ...give, ...member }).then({ type: 'RoleGiven', ...act, given: member, roles: [member] });
  });
  it('is not given to somebody who is disabled', () => given(aMember(), disabled).when(give).thenRefused('staff-member/disabled'));
  it('is taken away with a reason, also from somebody who is disabled', () => {
    given(aMember(), givenRoles(worker, administrator)).when(take).then({ type: 'RoleTaken', ...act, taken: 'administrator', roles: [worker], reason: words('wants none') });
    given(aMember(), givenRoles(administrator), disabled).when({ ...take, isLastAdministrator: true }).then({ type: 'RoleTaken', ...act, taken: 'administrator', roles: [], reason: words('wants none') });
    given(aMember(), givenRoles(administrator)).when({ ...take, reason: null }).thenRefused('staff-member/reason-required');
    given(aMember()).when(take).thenNothing();
  });
  it('is not taken from the last administrator of an authority', () => {
    given(aMember(), givenRoles(administrator)).when({ ...take, isLastAdministrator: true }).thenRefused('staff-member/last-administrator');
    given(aMember(), givenRoles(administrator, worker)).when({ ...take, role: 'enquiry_worker', isLastAdministrator: true }).then({
      type: 'RoleTaken', ...act, taken: 'enquiry_worker', roles: [administrator], reason: words('wants none'),
    });
  });
});

describe('a team', () => {
  const join = { type: 'JoinTeam', ...act, teamId: 'team-1', isTeamOpen: true } as const;
  const joined: StaffEvent = { type: 'TeamJoined', ...act, teamId: 'team-1', teams: ['team-1'] };

  it('is joined and left, each once', () => {
    given(aMember()).when(join).then(joined);
    given(aMember(), joined).when(join).thenNothing();
    given(aMember(), joined).when({ type: 'LeaveTeam', ...act, teamId: 'team-1' }).then({ type: 'TeamLeft', ...act, teamId: 'team-1', teams: [] });
    given(aMember()).when({ type: 'LeaveTeam', ...act, teamId: 'team-1' }).thenNothing();
  });
  it('that is not there is not joined', () => given(aMember()).when({ ...join, isTeamOpen: false }).thenRefused('staff-member/no-such-team'));
});

describe('leave', () => {
  const leave = { type: 'RecordLeave', ...act, from: '2026-08-03', to: '2026-08-14' } as const;
  const away: StaffEvent = { type: 'LeaveRecorded', ...act, period: { from: '2026-08-03', to: '2026-08-14' }, leave: [{ from: '2026-08-03', to: '2026-08-14' }] };

  it('is noted from the first day to the last, and once', () => {
    given(aMember()).when(leave).then(away);
    given(aMember(), away).when(leave).thenNothing();
  });
  it('has no day twice', () => given(aMember(), away).when({ ...leave, from: '2026-08-14', to: '2026-08-20' }).thenRefused('staff-member/leave-overlaps'));
  it('does not end before it begins', () => given(aMember()).when({ ...leave, to: '2026-08-02' }).thenRefused('staff-member/ends-before-it-begins'));
  it('is cancelled by its first day', () => {
    given(aMember(), away).when({ type: 'CancelLeave', ...act, from: '2026-08-03' }).then({ type: 'LeaveCancelled', ...act, from: '2026-08-03', leave: [] });
    given(aMember(), away).when({ type: 'CancelLeave', ...act, from: '2026-08-04' }).thenNothing();
  });
});

describe('acting for somebody', () => {
  const august = { deputyId: 'member-2', from: '2026-08-03', to: '2026-08-14' };

  it('has a last day, and is arranged once', () => {
    given(aMember()).when(aDeputy()).then(appointed([august]));
    given(aMember(), appointed([august])).when(aDeputy()).thenNothing();
  });
  it('is done by one person at a time', () =>
    given(aMember(), appointed([august])).when(aDeputy({ deputyId: 'member-3', from: '2026-08-14', to: '2026-08-15' })).thenRefused('staff-member/deputy-overlaps'));
  it('is done by somebody else who may work', () => {
    given(aMember()).when(aDeputy({ deputyId: 'member-1' })).thenRefused('staff-member/own-deputy');
    given(aMember()).when(aDeputy({ isDeputyActive: false })).thenRefused('staff-member/no-such-deputy');
  });
  it('is not arranged for days that are over', () => given(aMember()).when(aDeputy({ today: '2026-08-15' })).thenRefused('staff-member/deputy-in-the-past'));
  it('ends at once where it runs, and what was before stays', () => {
    const end = { type: 'EndDeputy', ...act, from: '2026-08-03' } as const;
    given(aMember(), appointed([august])).when({ ...end, today: '2026-08-06' }).then({ type: 'DeputyEnded', ...act, from: '2026-08-03', deputies: [{ ...august, to: '2026-08-05' }] });
    given(aMember(), appointed([august])).when({ ...end, today: '2026-08-03' }).then({ type: 'DeputyEnded', ...act, from: '2026-08-03', deputies: [] });
    given(aMember(), appointed([august])).when({ ...end, today: '2026-08-15' }).thenNothing();
  });
  it('is over for somebody who is disabled, also when they are enabled again', () => {
    const enabled: StaffEvent = { type: 'StaffMemberEnabled', ...act, reason: words('is back') };
    given(aMember(), appointed([august]), disabled, enabled).when({ type: 'EndDeputy', ...act, from: '2026-08-03', today: '2026-08-06' }).thenNothing();
    given(aMember(), disabled).when(aDeputy()).thenRefused('staff-member/disabled');
  });
});

describe('views of the queues', () => {
  const own = { at: TUESDAY, by: 'worker-1' };
  const late: SavedView = { queue: 'triage', filters: { late: 'yes', referrerType: 'police' } };
  const high: SavedView = { queue: 'dols', filters: { band: 'high' } };
  const saved = (...views: SavedView[]): StaffEvent => ({ type: 'ViewSaved', ...own, saved: views.at(-1)!, views });
  const many = Array.from({ length: 20 }, (_, n): SavedView => ({ queue: 'dols', filters: { band: `b${n}` } }));

  it('are saved one by one, each once, in whatever order its choices come', () => {
    given(aMember()).when({ type: 'SaveView', ...own, view: late }).then(saved(late));
    given(aMember(), saved(late)).when({ type: 'SaveView', ...own, view: high }).then(saved(late, high));
    given(aMember(), saved(late)).when({ type: 'SaveView', ...own, view: { queue: 'triage', filters: { referrerType: 'police', late: 'yes' } } }).thenNothing();
  });
  it('are others where a choice or the queue is another', () => {
    const [less, elsewhere]: SavedView[] = [{ queue: 'triage', filters: { late: 'yes' } }, { queue: 'enquiries', filters: late.filters }];
    given(aMember(), saved(late)).when({ type: 'SaveView', ...own, view: less! }).then(saved(late, less!));
    given(aMember(), saved(late)).when({ type: 'SaveView', ...own, view: elsewhere! }).then(saved(late, elsewhere!));
  });
  it('are twenty at most, and one that is there already is no further one', () => {
    given(aMember(), saved(...many)).when({ type: 'SaveView', ...own, view: late }).thenRefused('staff-member/too-many-views');
    given(aMember(), saved(...many)).when({ type: 'SaveView', ...own, view: many[3]! }).thenNothing();
    given(aMember(), saved(...many.slice(1))).when({ type: 'SaveView', ...own, view: many[0]! }).then(saved(...many.slice(1), many[0]!));
  });
  it('are forgotten, and once', () => {
    given(aMember(), saved(late, high)).when({ type: 'ForgetView', ...own, view: late }).then({ type: 'ViewForgotten', ...own, forgotten: late, views: [high] });
    given(aMember(), saved(high)).when({ type: 'ForgetView', ...own, view: late }).thenNothing();
  });
  it('are everybody’s own', () => {
    given(aMember()).when({ type: 'SaveView', ...act, view: late }).thenRefused('staff-member/own-views');
    given(aMember(), saved(late)).when({ type: 'ForgetView', ...act, view: late }).thenRefused('staff-member/own-views');
  });
  it('are there still for somebody who is enabled again, and gone with a record that should never have been', () => {
    given(aMember(), saved(late), disabled, { type: 'StaffMemberEnabled', ...act, reason: words('is back') }).when({ type: 'SaveView', ...own, view: late }).thenNothing();
    given(aMember(), saved(late), ...inError.slice(2), aMember({ at: TUESDAY })).when({ type: 'SaveView', ...own, view: late }).then(saved(late));
    given(aMember(), disabled).when({ type: 'SaveView', ...own, view: late }).thenRefused('staff-member/disabled');
    given().when({ type: 'SaveView', ...own, view: late }).thenRefused('staff-member/not-registered');
  });
});

describe('disabling somebody', () => {
  const disable = { type: 'DisableStaffMember', ...act, isLastAdministrator: false, reason: words('has left') } as const;
  const enable = { type: 'EnableStaffMember', ...act, reason: words('is back') } as const;

  it('has a reason, and is done once', () => {
    given(aMember()).when(disable).then(disabled);
    given(aMember()).when({ ...disable, reason: null }).thenRefused('staff-member/reason-required');
    given(aMember(), disabled).when(disable).thenNothing();
  });
  it('leaves an authority an administrator', () => {
    given(aMember(), givenRoles(administrator)).when({ ...disable, isLastAdministrator: true }).thenRefused('staff-member/last-administrator');
    given(aMember(), givenRoles(worker)).when({ ...disable, isLastAdministrator: true }).then(disabled);
  });
  it('is undone by another, with a reason', () => {
    given(aMember(), disabled).when(enable).then({ type: 'StaffMemberEnabled', ...act, reason: words('is back') });
    given(aMember(), disabled).when({ ...enable, by: 'worker-1' }).thenRefused('staff-member/own-enabling');
    given(aMember(), disabled).when({ ...enable, reason: null }).thenRefused('staff-member/reason-required');
    given(aMember()).when(enable).thenNothing();
  });
  it('is not done to somebody who is not there', () => given().when(disable).thenRefused('staff-member/not-registered'));
});

describe('ending somebody’s sessions', () => {
  const end = { type: 'EndSessions', ...act, reason: words('a lost laptop') } as const;
  const ended: StaffEvent = { type: 'SessionsEnded', ...act, reason: words('a lost laptop') };

  it('has a reason, and is done again for those who signed in since', () => {
    given(aMember()).when(end).then(ended);
    given(aMember(), ended).when(end).thenNothing();
    given(aMember(), ended).when({ ...end, at: '2026-06-03T09:00:00.000000Z' }).then({ ...ended, at: '2026-06-03T09:00:00.000000Z' });
    given(aMember()).when({ ...end, reason: null }).thenRefused('staff-member/reason-required');
  });
  it('leaves them what they may do', () => given(aMember(), givenRoles(worker), ended).when({ type: 'GiveRole', ...act, ...worker }).thenNothing());
  it('is not done to somebody who is disabled, or not there', () => {
    given(aMember(), disabled).when(end).thenRefused('staff-member/disabled');
    given().when(end).thenRefused('staff-member/not-registered');
  });
});

describe('putting somebody’s record right', () => {
  const correct = { type: 'CorrectStaffMember', ...act, name: words('new name'), reason: words('married') } as const;
  const confirm = { type: 'ConfirmEnteredInError', at: TUESDAY, by: 'administrator-2', isLastAdministrator: false } as const;
  const proposed = inError.slice(0, 3);

  it('gives them the name that they have, with a reason', () => {
    given(aMember()).when(correct).then({ type: 'StaffMemberCorrected', ...act, name: words('new name'), reason: words('married') });
    given(aMember()).when({ ...correct, reason: null }).thenRefused('staff-member/reason-required');
    given(aMember()).when({ ...correct, name: words('name') }).thenNothing();
  });
  it('takes two people to say that it should never have been', () => {
    given(...proposed).when(confirm).then(inError[3]!);
    given(...proposed).when({ ...confirm, by: 'administrator-1' }).thenRefused('staff-member/second-person-required');
    given(aMember()).when(confirm).thenRefused('staff-member/error-not-proposed');
    given(aMember(), givenRoles(administrator), proposed[2]!).when({ ...confirm, isLastAdministrator: true }).thenRefused('staff-member/last-administrator');
    given(...inError).when(confirm).thenNothing();
    given(...inError).when(correct).thenRefused('staff-member/entered-in-error');
  });
  it('keeps it where somebody disagrees', () => {
    const decline = { type: 'DeclineEnteredInError', at: TUESDAY, by: 'administrator-2', reason: words('they do work here') } as const;
    given(...proposed).when(decline).then({ type: 'EnteredInErrorDeclined', at: TUESDAY, by: 'administrator-2', reason: words('they do work here') });
    given(...proposed).when({ ...decline, reason: null }).thenRefused('staff-member/reason-required');
    given(aMember({ at: MONDAY, authority: WEST })).when(decline).thenNothing();
  });
});
