import { z } from 'zod';
import type { ProviderPlan } from './plan.ts';

const challenge = z.object({ access_token: z.object({ acrs: z.object({ value: z.string() }) }) });

/** What a site asks of Entra ID at its authorization endpoint, in the words of the standard: scopes without the audience, the claims challenge as `acr_values`. */
export function inStandardWords(url: string, { issuer, audience }: Pick<ProviderPlan, 'issuer' | 'audience'>): string {
  const { pathname, searchParams: asked } = new URL(url, issuer);
  const scopes = (asked.get('scope') ?? '').split(' ').map((scope) => scope.replace(`${audience}/`, ''));
  // Entra ID has these two besides, which name nothing here.
  asked.set('scope', scopes.filter((scope) => !['profile', 'offline_access'].includes(scope)).join(' '));
  const context = contextIn(asked.get('claims'));
  asked.delete('claims');
  if (context) asked.set('acr_values', context);
  return `${pathname}?${asked}`;
}

function contextIn(claims: string | null): string | undefined {
  try {
    return challenge.parse(JSON.parse(claims ?? 'null')).access_token.acrs.value;
  } catch {
    return undefined;
  }
}
