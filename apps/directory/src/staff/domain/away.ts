import { addDays } from '#libs/calendar';

import type { AppointDeputy, CancelLeave, EndDeputy, RecordLeave } from './staff-commands.js';
import type { StaffEvent } from './staff-events.js';
import type { StaffMember } from './staff-state.js';
import { isInOrder, overlap, withPeriod } from './periods.js';
import { active, held, refuse } from './refuse.js';

/** Notes when somebody is away. No day is noted twice. */
export function recordLeave({ at, by, from, to }: RecordLeave, state: StaffMember): StaffEvent[] {
  const { leave } = held(state).member;
  const period = { from, to };
  needsOrder(period);
  if (leave.some((one) => one.from === from && one.to === to)) return [];
  if (leave.some((one) => overlap(one, period))) refuse('staff-member/leave-overlaps', 'Some of these days are noted as leave already. Cancel that first.');
  return [{ type: 'LeaveRecorded', at, by, period, leave: withPeriod(leave, period) }];
}

export function cancelLeave({ at, by, from }: CancelLeave, state: StaffMember): StaffEvent[] {
  const { leave } = held(state).member;
  const left = leave.filter((one) => one.from !== from);
  return left.length === leave.length ? [] : [{ type: 'LeaveCancelled', at, by, from, leave: left }];
}

/** Lets another act for somebody, until a day that is said at the start; one at a time. */
export function appointDeputy(command: AppointDeputy, state: StaffMember): StaffEvent[] {
  const { at, by, deputyId, from, to } = command;
  const { deputies } = active(state).member;
  const appointed = { deputyId, from, to };
  needsOrder(appointed);
  if (deputies.some((one) => one.deputyId === deputyId && one.from === from && one.to === to)) return [];
  if (deputyId === command.staffMemberId) refuse('staff-member/own-deputy', 'Nobody acts for themselves. Choose somebody else.');
  if (!command.isDeputyActive) refuse('staff-member/no-such-deputy', 'Nobody who works in this authority is registered under that id, or they are disabled.');
  if (to < command.today) refuse('staff-member/deputy-in-the-past', 'These days are over. Nobody can act on them any more.');
  if (deputies.some((one) => overlap(one, appointed))) refuse('staff-member/deputy-overlaps', 'Somebody acts for them on some of these days already. End that first.');
  return [{ type: 'DeputyAppointed', at, by, appointed, deputies: withPeriod(deputies, appointed) }];
}

/** Nobody acts for them any more from today on. What was before stays as it was. */
export function endDeputy({ at, by, from, today }: EndDeputy, state: StaffMember): StaffEvent[] {
  const { deputies } = held(state).member;
  const left = deputies.flatMap((one) => (one.from !== from || one.to < today ? [one] : one.from < today ? [{ ...one, to: addDays(today, -1) }] : []));
  return JSON.stringify(left) === JSON.stringify(deputies) ? [] : [{ type: 'DeputyEnded', at, by, from, deputies: left }];
}

function needsOrder(period: { from: string; to: string }): void {
  if (!isInOrder(period)) refuse('staff-member/ends-before-it-begins', 'The last day lies before the first. Check both.');
}
