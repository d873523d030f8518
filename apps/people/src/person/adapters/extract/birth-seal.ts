import { Injectable } from '@nestjs/common';
import type { Day } from '#libs/calendar';
import { heldAs, keptScope } from '#libs/extract';
import { type SealedRow, type SealedRows, Vault } from '#libs/journal';

const purpose = 'birth date of an extract row';
const place = (reference: string): string => `extract_row/detail/${heldAs(reference)}`;

/** Keeps dates of birth beside imported rows, sealed, so that a dry run, which files nobody, can judge ages as well. */
@Injectable()
export class BirthSeal {
  constructor(private readonly vault: Vault) {}

  close(reference: string, born: Day): string {
    return this.vault.close(purpose, place(reference), born).toString('base64');
  }

  open(reference: string, sealed: string): Day {
    return this.vault.open(purpose, place(reference), Buffer.from(sealed, 'base64')).toString();
  }
}

/** Those of rows that are kept, and of dry runs that go on. */
export const sealedBirths: SealedRows<SealedRow & { scope: string; reference: string }> = {
  table: 'extract_row',
  purpose,
  async after(queries, last, limit) {
    const rows: { scope: string; reference: string; born: string }[] = await queries.query(
      `select scope, reference, detail ->> 'born' as born from extract_row
       where detail ->> 'born' is not null and (scope, reference) > ($1, $2) order by scope, reference limit $3`,
      [last?.scope ?? keptScope, last?.reference ?? '', limit],
    );
    return rows.map(({ born, ...row }) => ({ ...row, place: place(row.reference), sealed: Buffer.from(born, 'base64') }));
  },
  async replace(queries, rows) {
    await queries.query(
      `update extract_row set detail = jsonb_set(extract_row.detail, '{born}', to_jsonb(anew.born))
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as anew (scope, reference, before, born)
       where extract_row.scope = anew.scope and extract_row.reference = anew.reference and extract_row.detail ->> 'born' = anew.before`,
      [
        rows.map(({ row }) => row.scope),
        rows.map(({ row }) => row.reference),
        rows.map(({ row }) => row.sealed.toString('base64')),
        rows.map(({ sealed }) => sealed.toString('base64')),
      ],
    );
  },
};
