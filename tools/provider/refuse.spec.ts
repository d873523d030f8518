import { whyNot } from './refuse.ts';

const plan = { issuer: 'http://127.0.0.1:4000', listening: ['127.0.0.1', 'localhost'] };

describe('the provider for trying out', () => {
  it('runs where nothing can be reached from elsewhere', () => expect(whyNot(plan, {})).toBeUndefined());
  it('does not run beside a real one', () => expect(whyNot(plan, { OIDC_ISSUER: 'https://login.example' })).toContain('real identity provider'));
  it.each([
    [{ ...plan, listening: ['127.0.0.1', '0.0.0.0'] }, {}],
    [{ ...plan, listening: ['10.0.0.4'] }, {}],
    [{ ...plan, issuer: 'http://caseward.example:4000' }, {}],
    [plan, { HOST: '0.0.0.0' }],
    [plan, { HOST: '127.0.0.1.example.org' }],
  ])('does not run where anything listens beyond loopback (%j, %j)', (given, env) => expect(whyNot(given, env)).toContain('reached from elsewhere'));
});
