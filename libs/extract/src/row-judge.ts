import { type Day, type Instant, readDate, readTime } from '#libs/calendar';
import type { Row } from './open-extract.js';

/**
 * Reads the cells of one row and collects what is wrong with it (`codes`: it is quarantined) or worth a look (`flags`),
 * each once. A cell that is empty or bad reads as undefined and takes part in no further comparison.
 */
export class RowJudge {
  readonly #cells: Row['cells'];
  readonly #read = new Map<string, string>();
  readonly #codes: string[] = [];
  readonly #flags: string[] = [];

  constructor(
    row: Row,
    readonly runBeganAt: Instant,
  ) {
    this.#cells = row.cells;
    if (row.wrongCellCount) this.refuse('wrong_cell_count');
  }

  get codes(): readonly string[] {
    return this.#codes;
  }

  get flags(): readonly string[] {
    return this.#flags;
  }

  /** Whether nothing was found that quarantines the row. */
  get isAccepted(): boolean {
    return this.#codes.length === 0;
  }

  refuse(code: string): void {
    if (!this.#codes.includes(code)) this.#codes.push(code);
  }

  flag(code: string): void {
    if (!this.#flags.includes(code)) this.#flags.push(code);
  }

  /** Whether something stands in the cell, good or bad. */
  isFilled(column: string): boolean {
    return this.#cell(column) !== '';
  }

  text(column: string): string | undefined {
    const cell = this.#cell(column);
    return cell === '' ? undefined : cell;
  }

  required(column: string): string | undefined {
    const text = this.text(column);
    if (text === undefined) this.refuse(`missing_value:${column}`);
    return text;
  }

  time(column: string): Instant | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const time = readTime(text);
    if (typeof time === 'string') {
      this.refuse(`${time}:${column}`);
      return undefined;
    }
    if (time.occursTwice) this.flag(`time_occurs_twice:${column}`);
    if (time.at > this.runBeganAt) this.refuse(`in_the_future:${column}`);
    this.#read.set(column, time.at);
    return time.at;
  }

  date(column: string): Day | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const day = readDate(text);
    if (day === undefined) this.refuse(`bad_value:${column}`);
    else this.#read.set(column, day);
    return day;
  }

  code<Code extends string>(column: string, list: readonly Code[]): Code | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    if (isOneOf(text, list)) return text;
    this.refuse(`bad_value:${column}`);
    return undefined;
  }

  /** A list of codes in one cell, split by `;`. A repeated one counts once; one that is empty or unknown spoils the cell. */
  codeList<Code extends string>(column: string, list: readonly Code[]): Code[] | undefined {
    const text = this.text(column);
    if (text === undefined) return undefined;
    const codes = new Set<Code>();
    for (const part of text.split(';')) {
      if (!isOneOf(part, list)) {
        this.refuse(`bad_value:${column}`);
        return undefined;
      }
      codes.add(part);
    }
    return [...codes];
  }

  /** Two times, or two dates, that were read before: the later may not come first. The same moment is in order. */
  order(earlier: string, later: string): void {
    const [first, second] = [this.#read.get(earlier), this.#read.get(later)];
    if (first !== undefined && second !== undefined && second < first) this.refuse(`out_of_order:${later}`);
  }

  #cell(column: string): string {
    const cell = this.#cells[column];
    if (cell === undefined) throw new Error(`${column} is no column of this file`);
    return cell;
  }
}

function isOneOf<Code extends string>(text: string, list: readonly Code[]): text is Code {
  return (list as readonly string[]).includes(text);
}
