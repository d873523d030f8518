import type { ProviderPlan } from './plan.ts';

const loopback = /^(127\.\d+\.\d+\.\d+|localhost|::1)$/;

/** Why a provider with which anybody can be anybody must not run; undefined where it may. */
export function whyNot({ issuer, listening }: Pick<ProviderPlan, 'issuer' | 'listening'>, env: NodeJS.ProcessEnv): string | undefined {
  if (env['OIDC_ISSUER']) return 'OIDC_ISSUER names a real identity provider, so the one for trying out does not start.';
  const beyond = [new URL(issuer).hostname, ...listening, ...(env['HOST'] ? [env['HOST']] : [])].filter((host) => !loopback.test(host));
  if (beyond.length === 0) return undefined;
  return `The identity provider for trying out lets anybody in as anybody, and ${beyond.join(', ')} can be reached from elsewhere. Set OIDC_ISSUER to a real one, or listen on 127.0.0.1 alone.`;
}
