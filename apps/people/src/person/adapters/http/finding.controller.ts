import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { Ask, type Asking, Needs } from '#libs/platform';
import { FindPeople } from '../../application/find-people.js';
import * as bodies from './bodies.js';

/** Who is known here that somebody asks about. What is asked for is sent and stands in no address. */
@ApiTags('people')
@Controller('people')
export class FindingController {
  constructor(private readonly finding: FindPeople) {}

  @Post('find')
  @Needs('person.find')
  @HttpCode(200)
  @ApiOperation({ summary: 'The people of your council who fit what is known of somebody, with why, the best 20 first. The search is recorded, also where it finds nobody' })
  find(@Ask() asking: Asking, @Body({ schema: bodies.findBody }) { why, ...terms }: bodies.FindBody): Promise<object> {
    return this.finding.find(asking, bodies.termsOf(terms), why);
  }
}
