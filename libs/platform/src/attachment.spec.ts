import { attachment } from './attachment.js';

describe('a file that is given back', () => {
  it('is called what it was called', () => expect(attachment('Notes of 2 June.txt')).toBe(`attachment; filename="Notes of 2 June.txt"; filename*=UTF-8''Notes%20of%202%20June.txt`));
  it('says nothing but its name, whatever that is', () =>
    expect(attachment('a"; filename=b.html;\r\nX: é’.pdf')).toBe(`attachment; filename="a__ filename_b.html___X_ e__.pdf"; filename*=UTF-8''a%22%3B%20filename%3Db.html%3B%0D%0AX%3A%20%C3%A9%E2%80%99.pdf`));
});
