import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
// By their files: the libs as a whole bring databases and brokers.
import { inventedAccountOf } from '../../platform/src/account.js';
import { inventedClients } from '../../platform/src/invented-clients.js';
import { inventedStaff } from '../../platform/src/staff.js';

export const testAudience = 'api://caseward';

/** What a token says otherwise than a good one. */
export interface Changes {
  claims?: Record<string, unknown>;
  header?: { alg?: string; kid?: string; typ?: string };
  key?: CryptoKey;
}

/** An identity provider for tests: it publishes its keys as a real one does, and gives anybody a token who asks. */
export class TestIssuer {
  private constructor(
    readonly url: string,
    private readonly server: Server,
    private readonly key: CryptoKey,
    readonly publicKey: JWK,
    private readonly folder: string,
  ) {}

  static async start(): Promise<TestIssuer> {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const published = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' };
    const folder = mkdtempSync(join(tmpdir(), 'caseward-test-issuer-'));
    writeFileSync(join(folder, 'client.jwk'), JSON.stringify({ ...(await exportJWK(privateKey)), kid: 'client' }));
    const server = createServer((request, response) => void answering(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    server.unref();
    const issuer = new TestIssuer(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, privateKey, published, folder);
    const answering = (request: IncomingMessage, response: ServerResponse): Promise<void> => issuer.answer(request, response);
    return issuer;
  }

  /** What a service is told in order to trust it. */
  get environment(): Record<string, string> {
    return { OIDC_ISSUER: this.url, API_AUDIENCE: testAudience, CLIENT_ID: 'under-test', CLIENT_KEY_FILE: join(this.folder, 'client.jwk'), INVENTED_STAFF: 'true' };
  }

  /** The access token of one of the invented people, with the roles they have. */
  person(id: string, changes: Changes = {}): Promise<string> {
    const roles = inventedStaff.find((one) => one.id === id)?.roles ?? [];
    const account = inventedAccountOf(id);
    return this.sign({ ...account, sub: account.oid, roles: [...roles], scope: 'openid casework', client_id: 'staff-site' }, changes);
  }

  /** The access token of a program: a partner's system, or one of our own; without a name, that of the commands. */
  client(id = 'operator', changes: Changes = {}): Promise<string> {
    const { roles = [], scopes = ['internal'] } = inventedClients.find((one) => one.id === id) ?? {};
    return this.sign({ ...inventedAccountOf(id), sub: id, client_id: id, idtyp: 'app', roles: [...roles], scope: scopes.join(' ') }, changes);
  }

  /** `Authorization` for whoever that is: an invented person, a partner's system, or a program of ours. */
  async as(id: string): Promise<{ authorization: string }> {
    return { authorization: `Bearer ${await (id.startsWith('staff-') ? this.person(id) : this.client(id))}` };
  }

  /** Signs what it is given, as good or bad as that is. */
  sign(claims: Record<string, unknown>, { claims: changed = {}, header = {}, key = this.key }: Changes = {}): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const payload = { iss: this.url, aud: testAudience, iat: now, exp: now + 3_600, jti: randomUUID(), ...claims, ...changed };
    return new SignJWT(payload).setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt', ...header }).sign(key);
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async answer({ url = '' }: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader('content-type', 'application/json');
    if (url === '/.well-known/openid-configuration') response.end(JSON.stringify({ issuer: this.url, jwks_uri: `${this.url}/jwks`, token_endpoint: `${this.url}/token` }));
    else if (url === '/jwks') response.end(JSON.stringify({ keys: [this.publicKey] }));
    else if (url === '/token') response.end(JSON.stringify({ access_token: await this.client(), token_type: 'Bearer', expires_in: 300 }));
    else response.writeHead(404).end('{}');
  }
}
