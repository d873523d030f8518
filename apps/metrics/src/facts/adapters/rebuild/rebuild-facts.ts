import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import type { Peer } from '#libs/platform';
import { type Connect, Shadow } from './shadow.js';
import { Sources } from './draw-up.js';

/** How far a rebuild has come. */
export interface Progress {
  doing: 'reading' | 'folding' | 'catching up' | 'exchanging';
  events: number;
}

/** What a rebuild came to. */
export interface Rebuilt {
  events: number;
  /** Messages that were set aside and are taken now. */
  letters: number;
  seconds: number;
  eventsPerSecond: number;
}

const mostExchanges = 5;
const heldAtMostMs = 10_000;
/** Below `deadlock_timeout`, so that of a reader and the exchange it is always the exchange that gives way. */
const readersWaitMs = 400;
const mostTurns = 40;
const lockNotAvailable = '55P03';

/**
 * Draws the facts up anew beside the live ones, which go on taking messages, and exchanges them in one transaction. May
 * be given up at any moment by throwing from `onProgress`: until the exchange nothing has changed.
 */
export async function rebuildFacts(
  { shadow, connect, publishers }: { shadow: Shadow; connect: Connect; publishers: readonly Peer[] },
  onProgress: (progress: Progress) => void,
): Promise<Rebuilt> {
  const startedAt = performance.now();
  const sources = new Sources(publishers);
  const counting = (doing: Progress['doing'], from = 0) => {
    let events = from;
    return (more: number) => onProgress({ doing, events: (events += more) });
  };
  let events = 0;
  const reading = counting('reading');
  await sources.loadInto(shadow, connect, (more) => reading((events += more, more)));
  await shadow.fold(connect, counting('folding'));
  const catchingUp = counting('catching up');
  await sources.catchUpNearly(shadow, (more) => catchingUp((events += more, more)));
  onProgress({ doing: 'exchanging', events });
  await exchange(shadow, sources);
  const { rows } = await shadow.holder.query(`select let_go_of_letters() as letters`);
  const seconds = (performance.now() - startedAt) / 1_000;
  return { events, letters: rows[0].letters, seconds: Math.round(seconds * 10) / 10, eventsPerSecond: Math.round(events / seconds) };
}

async function exchange(shadow: Shadow, sources: Sources): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await exchangeOnce(shadow, sources);
    } catch (error) {
      if (tries >= mostExchanges) throw error;
    }
    await pause(1_000);
    await sources.catchUpNearly(shadow);
  }
}

/**
 * Whoever takes a message claims its inbox row first, so holding the inbox holds them all, and they hold nothing else while
 * they wait. What they took before is in the journals by then, so one more reading of those misses nothing. The last rows
 * are committed before the tables change places: a reader whose transaction began before sees them all or waits.
 */
async function exchangeOnce(shadow: Shadow, sources: Sources): Promise<void> {
  const { holder } = shadow;
  await holder.query('begin');
  try {
    await holder.query(`set local lock_timeout = ${heldAtMostMs}`);
    await holder.query('select hold_facts()');
    await sources.catchUp(shadow, AbortSignal.timeout(heldAtMostMs));
    await shadow.keepOtherClaims();
    await swapBetweenReaders(holder);
    await holder.query('commit');
  } catch (error) {
    await holder.query('rollback');
    throw error;
  }
}

/** A report holds what it reads until it is done; instead of making others queue up behind it, this asks again and again. */
async function swapBetweenReaders(holder: pg.Client): Promise<void> {
  await holder.query(`set local lock_timeout = ${readersWaitMs}`);
  for (let turn = 1; ; turn += 1) {
    await holder.query('savepoint turn');
    try {
      await holder.query('select swap_shadow()');
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== lockNotAvailable || turn >= mostTurns) throw error;
      await holder.query('rollback to savepoint turn');
    }
    await pause(100);
  }
}
