import { takesTexts } from './takes-texts.js';

describe('a telephone number', () => {
  it.each(['07700 900001', '07700900001', '+44 7700 900001', '+44 (0)7700 900001', '0044 7700-900-001', '7700 900001', '07624 900001'])('of a mobile takes texts: %s', (phone) => expect(takesTexts(phone)).toBe(true));
  it.each(['01632 960001', '02079 460001', '0303 123 4567', '0808 157 0001', '+44 1632 960001', '0044 (0)1632 960001', '01632-960001'])('of a landline or a service takes none: %s', (phone) => expect(takesTexts(phone)).toBe(false));
  it.each(['07000 900001', '07600 900001'])('of a person or a pager takes none: %s', (phone) => expect(takesTexts(phone)).toBe(false));
  it.each(['07700 90000', '07700 9000012', '999', '', 'after six', '07700 900001 after six', '07700 900001 or 01632 960001', '٠٧٧٠٠٩٠٠٠٠١'])('that is none takes none: %s', (phone) => expect(takesTexts(phone)).toBe(false));
  it.each(['+353 20 910 0001', '00353 20 910 0001'])('of another country may: %s', (phone) => expect(takesTexts(phone)).toBe(true));
});
