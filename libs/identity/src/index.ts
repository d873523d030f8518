export { type Bearer, bearerOf, CASEWORK, INTERNAL, saysWhenProved, STEP_UP } from './bearer.js';
export { type Discovered, Discovery } from './discovery.js';
export { type IdentityConfig, identityEnvironment, isLoopback, type PrivateKey } from './identity-config.js';
export { configurationOf, type OwnClient, OwnToken, wantedFrom } from './own-token.js';
export { ProviderAway, type TokenFault, TokenRefused } from './token-refused.js';
export { type Expected, TokenVerifier } from './token-verifier.js';
