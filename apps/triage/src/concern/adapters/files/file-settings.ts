import { z } from 'zod';

const unset = <Shape extends z.ZodType>(shape: Shape) => z.preprocess((given) => (given === '' ? undefined : given), shape);
const address = z.string().regex(/^(tcp:\/\/[\w.[\]:-]+|unix:\/\/\/.+)$/, 'is tcp://HOST:PORT or unix:///PATH');

/** What is taken of files, and who scans them. */
export const fileEnvironment = {
  /** Where clamd listens. Left out: nobody scans, and every file stays held. */
  CLAMAV_URL: unset(address.transform((given) => new URL(given)).optional()),
  FILE_MEGABYTES: unset(z.coerce.number().int().min(1).max(100).default(10)),
  FILES_A_CONCERN: unset(z.coerce.number().int().min(0).max(100).default(10)),
};

/** What a file, and a concern, may have at most. */
export class FileLimits {
  constructor(
    readonly mostBytes: number,
    readonly most: number,
  ) {}
}
