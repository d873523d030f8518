import { type DynamicModule, Module } from '@nestjs/common';
import type { Render } from '#libs/pages';
import { Audit } from './audit/audit.js';
import { AuditController } from './audit/audit.controller.js';
import { BoardController } from './board/board.controller.js';
import { Colleagues } from './colleagues.js';
import { Beside } from './concerns/beside.js';
import { Concerns } from './concerns/concerns.js';
import { ConcernsController } from './concerns/concerns.controller.js';
import { FilesController } from './concerns/files/files.controller.js';
import { PersonController } from './concerns/person/person.controller.js';
import { SamePersonController } from './concerns/same/same.controller.js';
import { SamePerson } from './concerns/same/same-person.js';
import { AllocateController } from './enquiries/allocate.controller.js';
import { Enquiries } from './enquiries/enquiries.js';
import { FindController } from './finding/find.controller.js';
import { FindPersonController } from './finding/find-person.controller.js';
import { HomeController } from './home/home.controller.js';
import { MessagesController } from './messages/messages.controller.js';
import { Messages } from './messages/messages.js';
import { Names } from './names.js';
import { NOW, RENDER, Services, Today } from './outside.js';
import { Organisations } from './organisations/organisations.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { Places } from './places.js';
import { ProgramsController } from './programs/programs.controller.js';
import { OutboxController } from './outbox/outbox.controller.js';
import { QuarantineController } from './quarantine/quarantine.controller.js';
import { Quarantine } from './quarantine/quarantine.js';
import { DecidedController } from './queues/decided.controller.js';
import { DangerTold } from './queues/danger-told.js';
import { Queues } from './queues/queues.js';
import { QueuesController } from './queues/queues.controller.js';
import { TriageQueueController } from './queues/triage-queue.controller.js';
import { Retention } from './retention/retention.js';
import { RetentionController } from './retention/retention.controller.js';
import { Restricted } from './restricted/restricted.js';
import { RestrictedController } from './restricted/restricted.controller.js';
import { SecondLookController } from './second-look/second-look.controller.js';
import { StaffMembers } from './staff/staff.js';
import { StaffController } from './staff/staff.controller.js';
import { SubjectAccess } from './subject-access/subject-access.js';
import { SubjectAccessController } from './subject-access/subject-access.controller.js';

@Module({})
export class StaffSiteModule {
  static with(parts: { services: Services; today: Today; now: () => number; render: Render }): DynamicModule {
    return {
      module: StaffSiteModule,
      controllers: [HomeController, BoardController, TriageQueueController, DecidedController, QueuesController, FindController, FindPersonController, AllocateController, SecondLookController, SamePersonController, PersonController, FilesController, ConcernsController, RestrictedController, SubjectAccessController, RetentionController, QuarantineController, MessagesController, StaffController, OrganisationsController, ProgramsController, OutboxController, AuditController],
      providers: [
        Audit,
        Quarantine,
        Restricted,
        DangerTold,
        Retention,
        Messages,
        SubjectAccess,
        StaffMembers,
        Concerns,
        Beside,
        Names,
        SamePerson,
        Enquiries,
        Colleagues,
        Organisations,
        Places,
        Queues,
        { provide: Services, useValue: parts.services },
        { provide: Today, useValue: parts.today },
        { provide: NOW, useValue: parts.now },
        { provide: RENDER, useValue: parts.render },
      ],
    };
  }
}
