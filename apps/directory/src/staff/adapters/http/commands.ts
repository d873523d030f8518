import type { Held } from '#libs/access';
import type { Standing, Tx } from '#libs/journal';
import { Commands } from '#libs/platform';
import { heldOf } from '../../../held.js';
import type { StaffCommand, StaffEvent, StaffMember } from '../../domain/staff-member.js';
import { managersOf } from '../persistence/managers.js';

export class StaffCommands extends Commands<StaffMember, StaffCommand, StaffEvent> {
  /** Somebody's managers look after their leave, and nobody decides on themselves. */
  protected override async held({ authority, state }: Standing<StaffMember>, tx: Tx): Promise<Held> {
    if (state.status === 'absent') return heldOf({ authority });
    const { actsAs, teams } = state.member;
    return { ...heldOf({ authority }), doneBy: [actsAs], assignees: await managersOf(tx, authority, teams) };
  }
}
