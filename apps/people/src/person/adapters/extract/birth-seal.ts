import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Day } from '#libs/calendar';
import { heldAs } from '#libs/extract';
import { seal, unseal, Vault } from '#libs/journal';

const place = (reference: string): string => `extract_row/detail/${heldAs(reference)}`;

/** Keeps dates of birth beside imported rows, sealed, so that a dry run, which files nobody, can judge ages as well. */
@Injectable()
export class BirthSeal {
  private readonly key: KeyObject;

  constructor(vault: Vault) {
    this.key = vault.purposeKey('birth date of an extract row');
  }

  close(reference: string, born: Day): string {
    return seal(this.key, place(reference), born).toString('base64');
  }

  open(reference: string, sealed: string): Day {
    return unseal(this.key, place(reference), Buffer.from(sealed, 'base64')).toString();
  }
}
