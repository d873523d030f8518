import { HttpException } from '@nestjs/common';
import type { ServiceConfig } from './config.js';
import { connectMaintain } from './pools.js';

/** Lets the next one in. Never throws. */
export type LetGo = () => Promise<void>;

type Config = Pick<ServiceConfig, 'DATABASE_MAINTAIN_URL' | 'SERVICE_NAME'>;

/**
 * Of all processes of a service one alone gets in, until it lets go; undefined while another one has. The lock goes with
 * the connection, so whoever dies holds nobody up.
 */
export async function alone(config: Config, what: string): Promise<LetGo | undefined> {
  const keeper = await connectMaintain(config, what);
  const letGo = (): Promise<void> => keeper.end().catch(() => {});
  try {
    const { rows } = await keeper.query('select pg_try_advisory_lock(hashtext($1)) as ours', [`${what}/${config.SERVICE_NAME}`]);
    if (rows[0].ours) return letGo;
  } catch (error) {
    await letGo();
    throw error;
  }
  await letGo();
  return undefined;
}

/** One thing at a time is rebuilt in a service. Throws 409 while something is. */
export async function aloneRebuilding(config: Config): Promise<LetGo> {
  const letGo = await alone(config, 'rebuild');
  if (!letGo) throw new HttpException('Something is being rebuilt here just now. Try again when that is done.', 409);
  return letGo;
}
