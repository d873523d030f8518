/** A service that is asked without saying who asks: the stand-ins of tests do not mind. */
export const peerAt = (url: string) => ({ url, signing: async () => ({}) });
