import { type Acting, listedAuthority } from '#libs/platform';

/** The authority for which somebody keeps the directory. Throws `Refused` for whoever acts for none. */
export const ownAuthority = (acting: Acting): string => listedAuthority(acting, undefined);
