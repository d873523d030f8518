import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import type { TargetRules } from './targets.js';

const parts = (text: string): string[] => text.split(',').map((part) => part.trim()).filter(Boolean);

/** The token of where programs may be told. */
export const TARGET_RULES = Symbol('where programs may be told');

/** Where partners' programs may be told, and how much is kept for them. */
export const webhookEnvironment = {
  /** At which ports. */
  WEBHOOK_PORTS: z.string().regex(/^(\s*\d{1,5}\s*(,|$))*$/, 'names ports, as 443,8443').default('').transform((text) => (parts(text).length === 0 ? [443] : parts(text).map(Number))),
  /** In which networks besides the internet: a council's own, as 10.20.0.0/16,fd12:3456::/48. */
  WEBHOOK_NETWORKS: z.string().default('').transform((text, context): TargetRules['networks'] => {
    const wrong = parts(text).filter((part) => !ipaddr.isValidCIDR(part));
    if (wrong.length > 0) context.addIssue(`names networks, as 10.20.0.0/16; ${wrong.join(', ')} is none`);
    return wrong.length > 0 ? z.NEVER : parts(text).map((part) => ipaddr.parseCIDR(part));
  }),
  /** How many changes wait for one program at most: past that it is told no more until it says again where. */
  WEBHOOK_MOST_WAITING: z.coerce.number().int().min(1).default(20_000),
};

/** What is kept for programs. */
export class NoticeLimits {
  constructor(readonly mostWaiting: number) {}
}

export const targetRulesOf = ({ WEBHOOK_PORTS, WEBHOOK_NETWORKS, INVENTED_STAFF }: { WEBHOOK_PORTS: readonly number[]; WEBHOOK_NETWORKS: TargetRules['networks']; INVENTED_STAFF: boolean }): TargetRules => ({
  ports: WEBHOOK_PORTS,
  networks: WEBHOOK_NETWORKS,
  isTryingOut: INVENTED_STAFF,
});
