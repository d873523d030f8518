import { HttpException } from '@nestjs/common';
import type { Staff } from '#libs/platform';

/** The authority for which somebody keeps the directory. Throws 403 for the board, which has none. */
export function ownAuthority({ authority }: Staff): string {
  if (authority !== null) return authority;
  throw new HttpException('You belong to no authority, so there is none whose directory you could keep.', 403);
}
