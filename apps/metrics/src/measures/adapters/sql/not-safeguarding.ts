import { codes } from '#libs/contracts';
import type { Question } from '../../domain/question.js';
import { addUp, asOfEnd, type CountRow, inPeriods } from './flow.js';
import type { Measure, Statement } from './measure.js';
import { Params, source } from './source.js';

const reasons = codes.notSafeguardingReason.options;
const nothing = { concerns: 0, no_enquiry: 0, ...Object.fromEntries(reasons.map((reason) => [reason, 0])), none_given: 0 };

/** Why concerns came to no enquiry. */
export const notSafeguarding: Measure = {
  key: 'not_safeguarding_reasons',
  title: 'Why concerns were not safeguarding matters',
  definition:
    'Of the concerns received in the period, those whose latest decision as of the day asked for is no enquiry, neither under section 42 nor another, and which reason that decision gives why it was not a safeguarding matter. ' +
    'It gives none where it was one and the duty to enquire did not apply, or where an old system did not say.',
  subject: 'concern',
  counts: [['concerns'], ['no_enquiry'], [...reasons, 'none_given']],
  derived: {},
  nothing,
  statement,
  cells: (rows) => addUp((rows as unknown as Row[]).map(counted)).all.map((cell) => ({ ...cell, values: { ...nothing, ...cell.values } })),
};

interface Row extends CountRow {
  /** The reason that the latest decision gives; null where that is an enquiry, or there is none yet. */
  why: string | null;
  concerns: number;
  waits: number;
}

const counted = ({ why, waits, ...row }: Row): CountRow & Record<string, unknown> => (why === null ? row : { ...row, no_enquiry: waits, [why]: waits });

/** Counted by the reason: asked for each in turn it would take twice as long. */
function statement(question: Question): Statement {
  const params = new Params();
  const from = source('concern', question, params);
  const { within, bucket } = inPeriods('f.received_at', question, params);
  const end = asOfEnd(question, params);
  const why = `case when f.outcome not in ('s42_enquiry', 'other_enquiry') and f.decided_at < ${end} and (f.replaced_at is null or f.replaced_at >= ${end})
    then coalesce(f.not_safeguarding_reason, 'none_given') end`;
  const text = `${from.with} select f.authority, ${from.part} as part, ${bucket} as bucket, ${why} as why, (count(*) filter (where f.nth = 1))::int as concerns, count(*)::int as waits
    ${from.from} ${from.where} and ${within} group by 1, 2, 3, 4`;
  return { text, values: params.values };
}
