import { type Configuration, errors, type JWTStructured, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { actions } from '#libs/access';
import { letOperatorActAsPeople } from './as-person.ts';
import { metadataOf } from './clients.ts';
import { personClaims, programClaims } from './people.ts';
import type { ProviderPlan } from './plan.ts';
import { resourceOf } from './resource.ts';

const signedInSeconds = 12 * 3_600;
/** What a page asks for before something grave: that somebody shows again that it is them. */
const stepUp = 'c1';

/** What the provider shows of itself. */
export interface ProviderPages {
  signOut: (ctx: KoaContextWithOIDC, form: string) => Promise<void>;
  signedOut: (ctx: KoaContextWithOIDC) => Promise<void>;
  renderError: NonNullable<Configuration['renderError']>;
}

/** An OpenID provider for one machine, with invented people and no passwords. */
export function makeProvider(plan: ProviderPlan, pages: ProviderPages): Provider {
  const provider = new Provider(plan.issuer, {
    clients: plan.clients.map(metadataOf),
    jwks: { keys: [{ ...plan.signingKey, use: 'sig', alg: 'ES256' } as never] },
    cookies: { keys: [plan.cookieSecret], names: { session: '_provider', interaction: '_provider_sign_in', resume: '_provider_resume' } },
    scopes: ['openid', 'casework', 'internal', ...actions],
    claims: { openid: ['sub', 'tid', 'oid', 'name', 'roles'], acr: null },
    conformIdTokenClaims: false,
    acrValues: [stepUp, ...(plan.signInContext ? [plan.signInContext] : [])],
    pkce: { required: () => true },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: { clientAuthSigningAlgValues: ['ES256'], idTokenSigningAlgValues: ['ES256'] } as never,
    responseTypes: ['code'],
    rotateRefreshToken: false,
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    findAccount: (_ctx, id) => accountOf(id),
    loadExistingGrant: (ctx) => wholeGrant(ctx, provider, plan),
    extraTokenClaims: async (ctx, token) => ('accountId' in token && token.accountId ? ofPerson(ctx, token.accountId, plan) : programClaims(token.clientId!)),
    formats: { customizers: { jwt: async (_ctx, _token, jwt) => void (plan.flavour === 'entra' && asEntra(jwt as JWTStructured)) } },
    interactions: { url: (_ctx, { uid }) => `/sign-in/${uid}` },
    ttl: { Session: signedInSeconds, Grant: signedInSeconds, RefreshToken: signedInSeconds, Interaction: 600, AuthorizationCode: 60, IdToken: 600, ClientCredentials: 300, AccessToken: 300 },
    features: {
      devInteractions: { enabled: false },
      userinfo: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => plan.audience,
        useGrantedResource: () => true,
        getResourceServerInfo: (_ctx, resource, client) => {
          if (resource !== plan.audience) throw new errors.InvalidTarget();
          return resourceOf(plan, client.clientId);
        },
      },
      rpInitiatedLogout: { enabled: true, logoutSource: pages.signOut, postLogoutSuccessSource: pages.signedOut },
    },
    renderError: pages.renderError,
  });
  letOperatorActAsPeople(provider, plan);
  return provider;
}

function accountOf(id: string) {
  const claims = personClaims(id);
  return claims && { accountId: id, claims: () => ({ sub: id, ...claims }) };
}

/** Nobody is asked whether a site of this home may know who they are. */
async function wholeGrant(ctx: KoaContextWithOIDC, provider: Provider, plan: ProviderPlan) {
  const { client, session } = ctx.oidc;
  const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
  grant.addOIDCScope('openid casework');
  grant.addResourceScope(plan.audience, 'casework');
  await grant.save();
  return grant;
}

function ofPerson({ oidc }: KoaContextWithOIDC, id: string, { signInContext }: ProviderPlan): Record<string, unknown> {
  const { AuthorizationCode: code, RefreshToken: refresh } = oidc.entities;
  // Whom the operator of the home acts as, nobody signed in as.
  const met = code ? wordsOf(code.acr) : refresh ? metBefore(refresh.acr) : wordsOf(signInContext);
  const at = (code ?? refresh)?.authTime;
  return { ...personClaims(id), ...(met.length > 0 ? { acr: met[0], acrs: met } : {}), ...(at === undefined ? {} : { auth_time: at }) };
}

/** What holds on of the authentication contexts that were met: that a token was refreshed is no proof that it is still them. */
export const metBefore = (acr: unknown): string[] => wordsOf(acr).filter((one) => one !== stepUp);

export const wordsOf = (words: unknown): string[] => String(words ?? '').split(' ').filter(Boolean);

/** As Entra ID makes access tokens (version 2): what a program may do is among its roles. */
function asEntra(jwt: JWTStructured): void {
  const { scope, client_id, ...claims } = jwt.payload;
  const may = claims['idtyp'] === 'app' ? { roles: [...(claims['roles'] as string[]), ...wordsOf(scope)] } : { scp: scope };
  jwt.header = { ...jwt.header, typ: 'JWT' };
  jwt.payload = { ...claims, azp: client_id, azpacr: '2', ver: '2.0', ...may };
}
