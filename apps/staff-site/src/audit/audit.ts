import { Injectable } from '@nestjs/common';
import { Services } from '../outside.js';
import { type Choice, stretchOf } from './choice.js';
import { oddReadings, type OddReadings, readings, type Readings } from './shapes.js';

/** So many readings a file has at most: a month of a busy council. */
export const MOST_IN_A_FILE = 20_000;

/** Who read what, as the services recorded it. */
@Injectable()
export class Audit {
  constructor(private readonly services: Services) {}

  page(choice: Choice, limit = 50): Promise<Readings> {
    const { place, who, record, after } = choice;
    const query = { ...stretchOf(choice), limit: String(limit), ...(who && { who }), ...(record && { record }), ...(after && { after: String(after) }) };
    return this.services[place].get('/readings', query, readings);
  }

  /** Every reading that was chosen, up to the most that a file has. */
  async all(choice: Choice): Promise<Readings['items']> {
    const found: Readings['items'] = [];
    for (let after: number | null | undefined = choice.after; after !== null && found.length < MOST_IN_A_FILE; ) {
      const { items, next } = await this.page({ ...choice, after }, 500);
      found.push(...items);
      after = next;
    }
    return found.slice(0, MOST_IN_A_FILE);
  }

  odd(choice: Choice): Promise<OddReadings> {
    return this.services[choice.place].get('/readings/odd', stretchOf(choice), oddReadings);
  }
}
