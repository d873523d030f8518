import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { asPersonGrant } from './clients.ts';
import { personClaims } from './people.ts';
import type { ProviderPlan } from './plan.ts';
import { resourceOf } from './resource.ts';

/** Lets the operator of the home, who could sign in as any of the invented people in a browser, do so in a command. */
export function letOperatorActAsPeople(provider: Provider, plan: ProviderPlan): void {
  const handler = async (ctx: KoaContextWithOIDC): Promise<void> => {
    const person = String(ctx.oidc.params?.['person'] ?? '');
    if (!personClaims(person)) return refuse(ctx, 'there is no such invented person');
    const client = ctx.oidc.client!;
    const grant = new provider.Grant({ accountId: person, clientId: client.clientId });
    grant.addResourceScope(plan.audience, 'casework');
    const token = new provider.AccessToken({ accountId: person, client, grantId: await grant.save(), gty: asPersonGrant, scope: 'casework' });
    token.resourceServer = new provider.ResourceServer(plan.audience, resourceOf(plan, client.clientId));
    const value = await token.save();
    ctx.body = { access_token: value, token_type: 'Bearer', expires_in: token.expiration, scope: 'casework' };
  };
  provider.registerGrantType(asPersonGrant, handler as never, ['person']);
}

function refuse(ctx: KoaContextWithOIDC, why: string): void {
  ctx.status = 400;
  ctx.body = { error: 'invalid_grant', error_description: why };
}
