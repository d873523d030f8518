import type { KeySource } from '#libs/journal';
import type { Plan } from '../../oracle/invented.ts';
import { type KeptBy, keepingOf, type Keepers } from './keeping.ts';
import { type Batch, type Laid, layBatch } from './lay-batch.ts';
import { OwnersTables } from './service-tables.ts';
import { type Keeper, keepers } from './takers.ts';

export interface Laying {
  /** The database for its owner, with every service's tables made and nothing in them. */
  ownerUrl: string;
  /** A service's keys. */
  keyOf(service: Keeper): Buffer | KeySource;
  plan: Plan;
  /** Concerns in a batch; 250 unless told. */
  batch?: number;
  /** How many concerns are laid so far. */
  onLaid?(concerns: number): void;
}

/** While one batch waits for the database, another is worked out. */
const lanes = 2;

/**
 * Lays a whole plan, batch by batch and in little memory, through the services' own rules, keys and read tables: what is
 * there afterwards is what they would have left, with the broker's part long done. The same plan gives the same records;
 * what a service draws itself (ids of events and texts, keys of records) differs each time, as do the hashes over it.
 */
export async function lay({ ownerUrl, keyOf, plan, batch = 250, onLaid = () => undefined }: Laying): Promise<Laid> {
  const tables = await Promise.all(keepers.map((service) => OwnersTables.open(ownerUrl, service)));
  try {
    const by = (service: Keeper): KeptBy => ({ tables: tables[keepers.indexOf(service)]!, key: keyOf(service) });
    const kept = keepingOf({ people: by('people'), triage: by('triage'), section42: by('section42'), dols: by('dols') });
    return await layAll(kept, plan, { batches: batchesOf(plan, batch), onLaid });
  } finally {
    await Promise.all(tables.map((one) => one.close()));
  }
}

/** Some batches with what is kept by whom, side by side in a few lanes. */
export async function layAll(by: Keepers, plan: Plan, { batches, onLaid }: { batches: Iterable<Batch>; onLaid(concerns: number): void }): Promise<Laid> {
  const sum: Laid = { concerns: 0, enquiries: 0, requests: 0, events: 0 };
  const rest = batches[Symbol.iterator]();
  let isOver = false;
  const lane = async (): Promise<void> => {
    try {
      for (let next = rest.next(); !next.done && !isOver; next = rest.next()) {
        const laid = await layBatch(by, plan, next.value);
        for (const [key, count] of Object.entries(laid)) sum[key as keyof Laid] += count;
        onLaid(sum.concerns);
      }
    } finally {
      // One that failed stops the other; neither is left at it when this rejects.
      isOver = true;
    }
  };
  const done = await Promise.allSettled(Array.from({ length: lanes }, lane));
  const failed = done.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  return sum;
}

/** The plan in parts: so many concerns in each, and the DoLS requests that fall into it. */
export function* batchesOf({ concerns, dols }: Pick<Plan, 'concerns' | 'dols'>, size: number): Generator<Batch> {
  const parts = Math.max(1, Math.ceil(concerns / size));
  const span = (count: number, part: number) => ({ from: Math.floor((count * part) / parts) + 1, to: Math.floor((count * (part + 1)) / parts) });
  for (let part = 0; part < parts; part += 1) yield { concerns: span(concerns, part), requests: span(dols, part) };
}
