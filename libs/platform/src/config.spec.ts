import { inventedBeyond } from './config.js';

describe('invented people', () => {
  const local = { INVENTED_STAFF: true, OIDC_ISSUER: 'http://127.0.0.1:4000', HOST: '127.0.0.1' };

  it('work at the provider for trying out, on this machine alone', () => {
    expect(inventedBeyond(local)).toEqual([]);
    expect(inventedBeyond({ ...local, OIDC_ISSUER: 'https://login.example/tenant/v2.0' })).toEqual([expect.stringContaining('real provider')]);
    expect(inventedBeyond({ ...local, HOST: '0.0.0.0' })).toEqual([expect.stringContaining('beyond this machine')]);
  });

  it('are nobody’s concern where there are none: a real provider may be reached through this machine', () => {
    expect(inventedBeyond({ ...local, INVENTED_STAFF: false, HOST: '0.0.0.0' })).toEqual([]);
    expect(inventedBeyond({})).toEqual([]);
  });
});
