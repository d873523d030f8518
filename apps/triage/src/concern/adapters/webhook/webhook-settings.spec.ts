import { z } from 'zod';
import { targetRulesOf, webhookEnvironment } from './webhook-settings.js';

const shape = z.object({ ...webhookEnvironment, INVENTED_STAFF: z.boolean().default(false) });

describe('where programs may be told', () => {
  it('is at port 443 and nowhere within a network, unless it is said', () => {
    for (const given of [{}, { WEBHOOK_PORTS: '', WEBHOOK_NETWORKS: '' }]) expect(targetRulesOf(shape.parse(given))).toEqual({ ports: [443], networks: [], isTryingOut: false });
  });
  it('is where it is said', () => {
    const { ports, networks } = targetRulesOf(shape.parse({ WEBHOOK_PORTS: '443, 8443', WEBHOOK_NETWORKS: '10.20.0.0/16, fd12:3456::/48' }));
    expect([ports, networks.map(([address, bits]) => `${address.toString()}/${bits}`)]).toEqual([[443, 8443], ['10.20.0.0/16', 'fd12:3456::/48']]);
  });
  it('is kept for it up to so many, unless it is said', () => {
    expect([{}, { WEBHOOK_MOST_WAITING: '7' }].map((given) => shape.parse(given).WEBHOOK_MOST_WAITING)).toEqual([20_000, 7]);
    for (const wrong of ['0', '1.5', 'many']) expect(shape.safeParse({ WEBHOOK_MOST_WAITING: wrong }).error?.issues[0]?.path).toEqual(['WEBHOOK_MOST_WAITING']);
  });
  it.each([{ WEBHOOK_PORTS: 'https' }, { WEBHOOK_NETWORKS: '10.0.0.1' }, { WEBHOOK_NETWORKS: 'localhost' }, { WEBHOOK_NETWORKS: '10.0.0.0/33' }])('is named where it is wrong: %j', (given) => {
    expect(shape.safeParse(given).error?.issues[0]?.path).toEqual(Object.keys(given));
  });
});
