import { genesis } from './chain.js';
import { chained } from './journal.js';

const at = '2026-06-01T09:00:00.000000Z';
const event = { type: 'Something', at };

describe('what is added to a record', () => {
  const { links } = chained({
    recordId: 'r', after: { sequence: 1, contracts: 0, hash: genesis }, authority: 'E06000062', actor: 'a', recordedAt: at, traceparent: null, causationId: null,
    events: [{ event, isPublished: false }, { event, isPublished: true, authority: 'E06000061' }],
  });

  it('belongs to whoever tells it, but for what is another’s', () => expect(links.map(({ link }) => link.authority)).toEqual(['E06000062', 'E06000061']));
  it('stands in one chain', () => expect(links.map(({ link }) => [link.sequence, link.contractSequence])).toEqual([[2, null], [3, 1]]));
});
