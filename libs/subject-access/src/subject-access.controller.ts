import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, Needs } from '#libs/platform';
import type { HeldPage } from './entry.js';
import { HeldAbout, Subjects } from './held-about.js';

const line = z.string().trim().regex(/^\P{Cc}+$/u, 'must be words, in one line');
const why = line.min(1, 'Say why this is asked for.').max(500);
const heldBody = z.strictObject({ person: z.uuid(), why, concerns: z.array(z.uuid()).max(200).optional(), after: z.uuid().optional() });
const findBody = z.strictObject({ reference: line.min(1).max(100), why });

/** Everything that this service holds about somebody, for the answer to a subject access request (UK GDPR, article 15). */
@ApiTags('subject access')
@Controller('subject-access')
export class SubjectAccessController {
  constructor(private readonly held: HeldAbout) {}

  @Post()
  @Needs('person.export')
  @HttpCode(200)
  @ApiOperation({ summary: 'What is held here about a person, joined ones included, as plain entries, with what may be about or from others flagged. Some records a page. The reading is recorded' })
  page(@Ask() asking: Asking, @Body({ schema: heldBody }) question: z.infer<typeof heldBody>): Promise<HeldPage> {
    return this.held.page(asking, question);
  }
}

/** Whom a request is about, by what a record about them is called. */
@ApiTags('subject access')
@Controller('subject-access/find')
export class SubjectsController {
  constructor(private readonly subjects: Subjects) {}

  @Post()
  @Needs('person.export')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whom the records with exactly this reference are about. It is sent and stands in no address. The reading is recorded' })
  async find(@Ask() asking: Asking, @Body({ schema: findBody }) { reference, why: said }: z.infer<typeof findBody>): Promise<object> {
    return { items: await this.subjects.byReference(asking, reference, said) };
  }
}
