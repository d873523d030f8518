import { Controller } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { MessageContext } from '#libs/messaging';
import { takeStaff } from './known-staff.js';
import { type StaffContract, staffTypes } from './staff-told.js';

/** What the directory tells: who works here, as what, and who does no more. */
@Controller()
export class FromDirectory {
  @EventPattern([...staffTypes])
  staff(@Payload() batch: StaffContract[], @Ctx() { manager }: MessageContext): Promise<void> {
    return takeStaff(manager, batch);
  }
}
