import { afterAll, afterEach, jest } from '@jest/globals';
import { Post } from '../src/concern/application/post.js';
import { Sender } from '../src/concern/adapters/post/sender.js';
import { ATriage, noFurtherAction, officer } from './a-triage.js';

export const neighbour = { name: 'Invented Neighbour', email: 'neighbour@example.test', phone: '07700 900001', type: 'police' };

/** Triage for all tests of a file about what is sent to whoever raised a concern. */
export async function aSending() {
  const triage = await ATriage.make();
  afterAll(() => triage.close());
  afterEach(() => {
    jest.restoreAllMocks();
  });

  /** The id of a concern that is decided, raised by whoever is said. */
  async function decided(referrer: object = neighbour, more: object = {}): Promise<string> {
    const id = await triage.raised({ referrer, ...more });
    expect((await triage.act(id, 'triage', noFurtherAction)).status).toBe(200);
    return id;
  }
  const stood = async (id: string) => (await triage.ask('GET', `/concerns/${id}/case`)).body;
  const outbox = async (as = officer) => (await triage.ask('GET', '/outbox', { as })).body as { sentBy: string; items: { recordId: string; to: string; body: string; way: string }[] };
  const unsentOf = async (id: string) => ((await triage.ask('GET', '/unsent')).body['items'] as { id: string }[]).filter((one) => one.id === id);
  const sender = (): Sender => triage.app.get(Sender);
  const carrier = (): Post => triage.app.get(Post);
  const sentOf = async (id: string) => (await outbox()).items.filter(({ recordId }) => recordId === id);

  return { triage, decided, stood, outbox, unsentOf, sentOf, sender, carrier };
}

/** Until what was decided is sent. */
export async function until<Found>(found: () => Promise<Found | undefined | false>): Promise<Found> {
  for (let left = 100; left > 0; left -= 1) {
    const now = await found();
    if (now) return now;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not come to that');
}
