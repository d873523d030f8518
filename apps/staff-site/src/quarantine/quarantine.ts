import type { Readable } from 'node:stream';
import { Injectable, NotFoundException } from '@nestjs/common';
import type { Answer, ServiceClient } from '#libs/pages';
import { Services } from '../outside.js';
import { type File, quarantinedRow, type QuarantinedRow, quarantineList, type QuarantineList } from './shapes.js';

const BASE = '/internal/imports/quarantine';

/** The rows that each service set aside of its own file. */
@Injectable()
export class Quarantine {
  constructor(private readonly services: Services) {}

  list(file: File, page: number): Promise<QuarantineList> {
    return this.of(file).get(BASE, { page: String(page) }, quarantineList);
  }

  async row(file: File, id: string): Promise<QuarantinedRow> {
    const found = await this.of(file).find(`${BASE}/${encodeURIComponent(id)}`, quarantinedRow);
    if (!found) throw new NotFoundException();
    return found;
  }

  /** Every row of a file with its cells, as a CSV file whose formulas have been made harmless. */
  csv(file: File): Promise<Readable> {
    return this.of(file).stream(`${BASE}.csv`);
  }

  mend(file: File, id: string, cells: Record<string, string>): Promise<Answer> {
    return this.of(file).post(`${BASE}/${encodeURIComponent(id)}/mend`, { cells });
  }

  private of(file: File): ServiceClient {
    const { people, triage, section42, dols } = this.services;
    return { people, concerns: triage, enquiries: section42, dols }[file];
  }
}
