import { ALL, type Question } from '../../domain/question.js';
import { knownAt, type Params, type Source, source } from './source.js';

/** Decisions made here, under the alias `t`, ready to be counted by authority and part. What their concerns were is looked at only where they are split by it: each decision says whose it is. */
export function decisionsMadeHere(question: Question, params: Params): Omit<Source, 'person'> {
  const known = knownAt(question, params);
  if (question.splitBy !== null) {
    const concerns = source('concern', question, params);
    return { ...concerns, from: `${concerns.from} join telling_fact t on t.id = f.id and t.nth = f.nth and ${known('t')}` };
  }
  const own = question.authority === ALL ? '' : ` and t.authority = ${params.add(question.authority)}`;
  return { with: '', from: 'from telling_fact t', where: `where ${known('t')}${own}`, part: 'null::text' };
}
