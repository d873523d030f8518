import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Ask, type Asking, Needs } from '#libs/platform';
import { type Act, ChangePerson } from '../../application/change-person.js';
import { CorrectingIdentity } from '../../application/correct-identity.js';
import { Joining } from '../../application/joining.js';
import { ReadingPeople } from '../../application/reading-people.js';
import * as bodies from './bodies.js';
import { comparedViewFor, identifiedViewFor, type PersonView, viewFor } from './view.js';

const id = z.uuid();

/** Who the cases are about. Every reading of an identity is recorded, and nobody sees a person whom their authority does not know. */
@ApiTags('people')
@Controller('people')
export class PeopleController {
  constructor(
    private readonly reading: ReadingPeople,
    private readonly changes: ChangePerson,
    private readonly correcting: CorrectingIdentity,
    private readonly joining: Joining,
  ) {}

  @Post('names')
  @Needs('person.read_names')
  @HttpCode(200)
  @ApiOperation({ summary: 'The names for a page of records, as one recorded reading' })
  async names(@Ask() asking: Asking, @Body({ schema: bodies.namesBody }) { ids, why }: bodies.NamesBody): Promise<object> {
    return { names: await this.reading.names(asking, [...new Set(ids)], why) };
  }

  @Get(':id')
  @Needs('person.read')
  @ApiOperation({ summary: 'A person, with who they are. The reading is recorded' })
  one(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string): Promise<PersonView> {
    return this.reading.one(asking, personId, identifiedViewFor(asking.staff.authority));
  }

  @Get(':id/matches')
  @Needs('person.match')
  @ApiOperation({ summary: 'Who else this person may be, and why; nobody is named' })
  matches(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string): Promise<object> {
    return this.reading.matches(asking, personId);
  }

  @Get(':id/side-by-side')
  @Needs('person.match')
  @ApiOperation({ summary: 'This person and whoever they may be, or were found to be or not to be, with who each is: one recorded reading' })
  sideBySide(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string): Promise<PersonView> {
    return this.reading.sideBySide(asking, personId, comparedViewFor(asking.staff.authority));
  }

  @Post(':id/join')
  @Needs('person.join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Find that this person and another are one. Cases keep the id they had' })
  join(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string, @Body({ schema: bodies.joinBody }) body: bodies.JoinBody) {
    return this.change(asking, personId, this.joining.join(asking, personId, body));
  }

  @Post(':id/separate')
  @Needs('person.join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Undo a joining: they are two people after all' })
  separate(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string, @Body({ schema: bodies.separateBody }) body: bodies.SeparateBody) {
    return this.change(asking, personId, this.joining.separate(personId, body));
  }

  @Post(':id/keep-apart')
  @Needs('person.join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Find that two who look alike are different people: nothing suggests them again, and nothing joins them until that is undone' })
  keepApart(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string, @Body({ schema: bodies.apartBody }) body: bodies.ApartBody) {
    return this.change(asking, personId, this.joining.keepApart(asking, personId, body));
  }

  @Post(':id/keep-apart/undo')
  @Needs('person.join')
  @HttpCode(200)
  @ApiOperation({ summary: 'Undo a keeping apart, whichever of the two it was found of: they may be one after all, and can be joined' })
  undoKeepApart(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string, @Body({ schema: bodies.apartBody }) body: bodies.ApartBody) {
    return this.change(asking, personId, this.joining.undoKeepApart(asking, personId, body));
  }

  @Post(':id/correct')
  @Needs('person.correct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Put right who somebody is, or what is counted about them, with a reason' })
  correct(@Ask() asking: Asking, @Param('id', { schema: id }) personId: string, @Body({ schema: bodies.correctBody }) body: bodies.CorrectBody) {
    if ('identity' in body) return this.change(asking, personId, this.correcting.act(personId, body.identity, body.reason));
    const { characteristics, reason } = body;
    return this.change(asking, personId, {
      make: async ({ words, now, by }) => ({
        type: 'CorrectCharacteristics', at: now, by, reason: words.keep(reason), changes: given(characteristics),
      }),
    });
  }

  private change(asking: Asking, personId: string, act: Act): Promise<PersonView> {
    return this.changes.execute(asking, personId, { act, view: viewFor(asking.staff.authority) });
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that were not given. */
const given = <T extends object>(body: T): Given<T> =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as Given<T>;
