import { personSlice } from './slice.js';

const at = '2026-06-01T09:00:00.000000Z';

describe('what is told of a person', () => {
  it('belongs to the council of the record that it is about, whoever put a date of birth right', () => {
    const identified = { type: 'PersonIdentified', at, recordId: 'r', recordKind: 'concern', authority: 'E06000061', ageBand: '75-84', under18: false } as const;
    expect(personSlice.belongsTo?.(identified)).toBe('E06000061');
  });
  it('otherwise belongs to whoever tells it', () => expect(personSlice.belongsTo?.({ type: 'BecameKnownTo', at, authority: 'E06000061' })).toBeUndefined());
});
