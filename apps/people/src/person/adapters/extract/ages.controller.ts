import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { type AgeQuestion, ageQuestions, type JudgedAge, scopesOf } from '#libs/extract';
import { Database, Internal } from '#libs/platform';
import { judgeAge } from '../../application/age-on.js';
import { BirthSeal } from './birth-seal.js';
import { isGone } from './forget-rows.js';

const id = z.uuid();
const nobody: JudgedAge = { isKnown: false, ageBand: 'not_known', isUnder18: false };

/** How old the people of an extract were on the days that its other files name. Dates of birth stay here. */
@ApiTags('internal')
@Internal('ages.ask')
@Controller('internal/imports')
export class AgesController {
  constructor(
    private readonly database: Database,
    private readonly births: BirthSeal,
  ) {}

  @Post(':run/ages')
  @HttpCode(200)
  @ApiOperation({ summary: 'Whether these people were imported, and how old they were on these days, in the order asked' })
  async judge(
    @Param('run', { schema: id }) run: string,
    @Body({ schema: ageQuestions }) { questions }: z.infer<typeof ageQuestions>,
  ): Promise<{ ages: JudgedAge[] }> {
    const births = await this.birthsOf(run, questions);
    return { ages: questions.map((question) => judged(question, births)) };
  }

  private async birthsOf(run: string, questions: AgeQuestion[]): Promise<Map<string, string | null>> {
    const rows: { reference: string; born: string | null }[] = await this.database.seeing([]).query(
      `select reference, detail ->> 'born' as born from extract_row where scope = any($1) and reference = any($2) and not (${isGone})`,
      [scopesOf({ id: run }), [...new Set(questions.map(({ reference }) => reference))]],
    );
    return new Map(rows.map(({ reference, born }) => [reference, born === null ? null : this.births.open(reference, born)]));
  }
}

function judged({ reference, on }: AgeQuestion, births: Map<string, string | null>): JudgedAge {
  const born = births.get(reference);
  if (born === undefined) return nobody;
  const { ageBand, under18 } = judgeAge(born, on);
  return { isKnown: true, ageBand, isUnder18: under18 };
}
