import { QueryRunnerAlreadyReleasedError, QueryRunnerProviderAlreadyReleasedError } from 'typeorm';
import { isPassing } from './failure.js';

describe('what may succeed in a moment', () => {
  it.each(['ECONNREFUSED', '08006', '40001', '40P01', '53100', '55P03', '57P01', '58030', 'EAI_AGAIN'])('is %s', (code) => {
    expect(isPassing({ code })).toBe(true);
    expect(isPassing({ driverError: { code } })).toBe(true);
  });

  it.each(['23505', '57014', undefined])('is not %s, which comes again with the same batch', (code) => {
    expect(isPassing({ code })).toBe(false);
    expect(isPassing({ driverError: { code } })).toBe(false);
  });

  it.each([new QueryRunnerAlreadyReleasedError(), new QueryRunnerProviderAlreadyReleasedError()])('is a session that ended between two statements (%s)', (error) => expect(isPassing(error)).toBe(true));

  it('is not nothing', () => expect(isPassing(undefined)).toBe(false));
});
