import { BadRequestException, Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { z } from 'zod';
import { londonDay } from '#libs/calendar';
import { admitQuestion, Ask, type Asking, Clock, mustHaveCome, Needs, sightOf } from '#libs/platform';
import { type Answer, answer } from '../../application/answer.js';
import { FactReader } from '../../application/fact-reader.js';
import { type Report, subgroupReport } from '../../application/report.js';
import type { Definition } from '../../domain/definition.js';
import { ALL } from '../../domain/question.js';
import { type MeasureQuery, measureQuery, periodsOf, reportQuery } from './questions.js';

/** What is measured, and what it comes to. */
@ApiTags('measures')
@Needs('measures.read')
@Controller()
export class MeasuresController {
  constructor(
    private readonly facts: FactReader,
    private readonly clock: Clock,
  ) {}

  @Get('report')
  @ApiOperation({ summary: 'The report of the quality subgroup as of the end of a day, for each authority and for all of them' })
  report(@Ask() asking: Asking, @Query({ schema: reportQuery }) query: z.infer<typeof reportQuery>): Promise<Report> {
    admitQuestion(asking, oneOf(query.authority));
    mustHaveCome(query.as_of, this.clock.now());
    const asked = { asOf: query.as_of, knownAt: query.known_at ?? null, authority: query.authority, only: query.only };
    return this.facts.together(sightOf(asking), (reading) => subgroupReport(reading, (key) => this.definition(key).nothing, asked));
  }

  @Get('measures')
  @ApiOperation({ summary: 'Every measure, defined in words, and what it can be split by' })
  definitions(): object[] {
    return this.facts.definitions.map((one) => {
      const { key, title, definition } = one;
      return { key, title, definition, split_by: this.facts.dimensionsOf(one) };
    });
  }

  @Get('measures/:key')
  @ApiOperation({ summary: 'One measure: for an authority or all, any period, as of any day, known at any time, split by any recorded dimension' })
  measure(@Ask() asking: Asking, @Param('key') key: string, @Query({ schema: measureQuery }) query: MeasureQuery): Promise<Answer> {
    admitQuestion(asking, oneOf(query.authority));
    const definition = this.definition(key);
    const splitBy = query.split_by ?? null;
    const recorded = this.facts.dimensionsOf(definition);
    if (splitBy !== null && !recorded.includes(splitBy)) {
      throw new BadRequestException(`split_by: ${splitBy} is not recorded for ${key}; it can be split by ${recorded.join(', ')}`);
    }
    const now = this.clock.now();
    const asOf = query.as_of ?? londonDay(now);
    mustHaveCome(asOf, now);
    const question = { authority: query.authority, periods: periodsOf(query, asOf), asOf, knownAt: query.known_at ?? null, splitBy };
    return this.facts.together(sightOf(asking), (reading) => answer(reading, definition, question));
  }

  private definition(key: string): Definition {
    const found = this.facts.definitions.find((one) => one.key === key);
    if (!found) throw new BadRequestException(`no measure is called ${key}: ask for one of ${this.facts.definitions.map((one) => one.key).join(', ')}`);
    return found;
  }
}

/** The one authority that is asked about; null where it is all of them. */
const oneOf = (authority: string | undefined): string | null => (authority === undefined || authority === ALL ? null : authority);
