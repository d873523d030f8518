export interface FileReport {
  read: number;
  imported: number;
  already_present: number;
  repeated: number;
  quarantined: number;
  codes: Record<string, number>;
  flags: Record<string, number>;
  refused?: string[];
}

export interface ImportReport {
  files: Record<string, FileReport>;
  assumed_enquiries: number;
}

/** The report of an import for people. */
export function tell({ files, assumed_enquiries }: ImportReport, isDry: boolean, say: (line: string) => void): void {
  say(isDry ? 'Nothing was kept: this is what an import would do.' : 'Imported.');
  say('');
  say(row(['file', 'read', 'imported', 'already there', 'repeated', 'quarantined']));
  for (const [file, one] of Object.entries(files)) {
    say(row([file, one.read, one.imported, one.already_present, one.repeated, one.quarantined]));
    if (one.refused) say(`  refused: ${one.refused.join(', ')}. Nothing of this file was taken.`);
    for (const [code, count] of Object.entries(one.codes)) say(`  quarantined  ${code}: ${count}`);
    for (const [code, count] of Object.entries(one.flags)) say(`  flagged      ${code}: ${count}`);
  }
  say('');
  say(`Enquiries opened by a decision, whose own row is missing or quarantined: ${assumed_enquiries}`);
}

const row = (cells: (string | number)[]): string => cells.map((cell, at) => (at === 0 ? String(cell).padEnd(12) : String(cell).padStart(14))).join('');
