import { outboxPage, sentHere } from './outbox-page.js';

const page = (withheld: number) => outboxPage(sentHere.parse({ sentBy: 'outbox', items: [], total: 0, withheld, page: 1, pageSize: 50 }), 'E06000062');

describe('the outbox of this machine', () => {
  it('says how many messages are kept from whoever may look at a decision again', () => {
    expect(page(1).withheld).toContain('1 message is kept from you: a second look at the decision is wanted');
    expect(page(2).withheld).toContain('2 messages are kept from you');
    expect(page(0).withheld).toBeUndefined();
  });
});
