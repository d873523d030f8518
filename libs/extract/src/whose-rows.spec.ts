import { rowsOf } from './whose-rows.js';

const staff = { id: 'a', name: '', authority: 'E06000062' };

describe('rows that an import set aside are shown', () => {
  it('to the data managers of their council', () => expect(rowsOf({ ...staff, roles: ['data_manager'] })).toEqual(['E06000062']));
  it('to administrators, where nobody can tell whose they are', () => expect(rowsOf({ ...staff, roles: ['administrator'] })).toEqual(['?']));
  it('to whoever is both, for both', () => expect(rowsOf({ ...staff, roles: ['administrator', 'data_manager'] })).toEqual(['E06000062', '?']));
  it('to nobody who acts for no council', () => expect(rowsOf({ ...staff, authority: null, roles: ['data_manager'] })).toEqual([]));
});
