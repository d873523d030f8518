import { Inject, Injectable } from '@nestjs/common';
import { askConcerns, type ExtractSource, heldAs, type Row, type RowJudge, type Run, scopesOf } from '#libs/extract';
import { type Tx, Vault, Words } from '#libs/journal';
import { Clock, type Peer } from '#libs/platform';
import { Enquiries, enquiryIdOf } from '../../application/enquiries.js';
import type { ImportEnquiry } from '../../domain/enquiry.js';
import { TRIAGE } from '../tokens.js';
import { columns, type EnquiryFacts, type EnquiryRow, judgeEnquiry } from './judge-enquiry.js';

/** enquiries.csv, as this service takes it. */
@Injectable()
export class EnquiriesSource implements ExtractSource<EnquiryFacts, EnquiryRow> {
  readonly file = 'enquiries';
  readonly columns = columns;
  readonly reference = 'enquiry_ref';
  /** A row's authority is its concern's, which may be known at one time and not yet at another. */
  readonly sees = 'every';

  constructor(
    private readonly enquiries: Enquiries,
    private readonly vault: Vault,
    private readonly clock: Clock,
    @Inject(TRIAGE) private readonly triage: Peer,
  ) {}

  authorityOf({ cells }: Row, { concerns }: EnquiryFacts): string | null {
    return concerns.get(heldAs(cells['concern_ref'] ?? ''))?.authority ?? null;
  }

  async gather(rows: Row[], run: Run): Promise<EnquiryFacts> {
    return { concerns: await askConcerns(this.triage, run.id, concernsOf(rows)), enquiryOf: new Map() };
  }

  async gatherOwn(tx: Tx, rows: Row[], run: Run, facts: EnquiryFacts): Promise<void> {
    const held: { reference: string; concern: string }[] = await tx.query(
      `select reference, concern from extract_row where scope = any($1) and concern = any($2)`,
      [scopesOf(run), concernsOf(rows).map(heldAs)],
    );
    facts.enquiryOf.clear();
    for (const { reference, concern } of held) facts.enquiryOf.set(concern, reference);
  }

  judge(row: Row, judge: RowJudge, facts: EnquiryFacts): EnquiryRow {
    return judgeEnquiry(row, judge, facts);
  }

  accepted({ reference, concernReference }: EnquiryRow, facts: EnquiryFacts): void {
    facts.enquiryOf.set(heldAs(concernReference), heldAs(reference));
  }

  async take(tx: Tx, rows: EnquiryRow[]): Promise<void> {
    const recordedAt = this.clock.now();
    await this.enquiries.handleAll(
      tx,
      rows.map((row) => {
        const words = new Words(this.vault);
        return { recordId: enquiryIdOf(row.concern.id), command: importEnquiry(row, words), context: { authority: row.concern.authority, actor: null, recordedAt }, words };
      }),
    );
  }

  /** Which concern the row is about, since that may have no other. */
  detail({ concernReference }: EnquiryRow): object {
    return { concern: heldAs(concernReference) };
  }
}

const concernsOf = (rows: Row[]): string[] => [...new Set(rows.map(({ cells }) => cells['concern_ref']!).filter(Boolean))];

function importEnquiry({ concern, words: { team, allocatedTo }, ...row }: EnquiryRow, words: Words): ImportEnquiry {
  return {
    type: 'ImportEnquiry',
    at: row.openedAt,
    concernId: concern.id,
    kind: 's42',
    // The first of its decisions is the one that a concern is imported with.
    decision: 1,
    reference: heldAs(row.reference),
    conductedBy: row.conductedBy,
    allocationInWords: team || allocatedTo ? words.keep(JSON.stringify({ team, allocatedTo })) : null,
    allocatedAt: row.allocatedAt,
    concludedAt: row.concludedAt,
    outcomesAsked: row.outcomesAsked,
    outcomesAchieved: row.outcomesAchieved,
    mentalCapacity: row.mentalCapacity,
    advocate: row.advocate,
    riskOutcome: row.riskOutcome,
  };
}
