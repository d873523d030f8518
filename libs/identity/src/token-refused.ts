/** Why a token is not taken. */
export type TokenFault = 'missing' | 'unreadable' | 'algorithm' | 'key' | 'signature' | 'type' | 'issuer' | 'audience' | 'expired' | 'early' | 'claims' | 'scope' | 'step_up' | 'context' | 'ended';

/** Nobody acts: there is no token, or none that is taken here. The message is for whoever wrote the program that sent it. */
export class TokenRefused extends Error {
  override readonly name = 'TokenRefused';
  readonly code: `token/${TokenFault}`;

  /** `wants`: the authentication context with which it would be taken (RFC 9470). */
  constructor(fault: TokenFault, message: string, readonly wants?: string) {
    super(message);
    this.code = `token/${fault}`;
  }
}

/** The provider could not be asked, so nothing can be said of any token. */
export class ProviderAway extends Error {
  override readonly name = 'ProviderAway';
  constructor(options?: ErrorOptions) {
    super('The identity provider does not answer just now. Try again in a moment.', options);
  }
}
