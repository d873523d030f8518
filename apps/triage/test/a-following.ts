import { afterAll, beforeEach, jest } from '@jest/globals';
import { addSeconds, type Instant } from '#libs/calendar';
import { Clock } from '#libs/platform';
import { Sender } from '../src/concern/adapters/post/sender.js';
import { ATriage } from './a-triage.js';

const west = 'E06000062';
/** The program of the public form. */
export const form = 'public-form';
export const email = 'neighbour@example.test';

interface Raised {
  id: string;
  reference: string;
}

/** Triage for all tests of a file about who follows a concern by a code; each begins at nine in the morning. */
export async function aFollowing() {
  const triage = await ATriage.make();
  afterAll(() => triage.close());
  const clock = triage.app.get(Clock);
  const real = clock.now.bind(clock);
  let now: Instant | undefined;
  jest.spyOn(clock, 'now').mockImplementation(() => now ?? real());
  beforeEach(() => {
    now = '2026-11-23T09:00:00.000000Z';
  });
  const later = (minutes: number): void => {
    now = addSeconds(now!, minutes * 60);
  };
  const post = (path: string, body: object, as = form) => triage.ask('POST', `/concerns/follow/${path}`, { as, body });
  const publicly = async (referrer: object = { email }, more: object = {}): Promise<Raised> => {
    const { body } = await triage.ask('POST', '/concerns', { as: form, body: { authority: west, worry: 'A worry. (Invented.)', referrer, ...more } });
    return { id: body['id'] as string, reference: body['reference'] as string };
  };
  const codesOf = async (id: string): Promise<string[]> => {
    // What is asked for is done after the answer.
    await new Promise((resolve) => setTimeout(resolve, 300));
    await triage.app.get(Sender).go();
    const { body } = await triage.ask('GET', '/outbox');
    return (body['items'] as { recordId: string; body: string }[]).filter(({ recordId }) => recordId === id).flatMap((one) => /\d{6}/.exec(one.body)?.[0] ?? []);
  };
  const asked = async (concern: Raised): Promise<string> => {
    expect((await post('code', { reference: concern.reference })).status).toBe(202);
    return (await codesOf(concern.id))[0]!;
  };
  /** What opens a concern to whoever raised it. */
  const followed = async (concern: Raised): Promise<string> => {
    const { status, body } = await post('begin', { reference: concern.reference, code: await asked(concern) });
    expect(status).toBe(200);
    return body['following'] as string;
  };

  return { triage, later, post, publicly, codesOf, asked, followed };
}
