import { z } from 'zod';

/** Councils by the tenants in which their people sign in, as `TENANT=E06000062,TENANT=E06000061`. */
export const tenants = z
  .string()
  .regex(/^([0-9a-f-]{36}=E\d{8}(,|$))*$/i, 'names tenants and the ONS codes of their councils, as TENANT=E06000062,TENANT=E06000061')
  .default('')
  .transform((text): ReadonlyMap<string, string> => new Map(text.split(',').filter(Boolean).map((pair) => pair.toLowerCase().split('=') as [string, string]).map(([tenant, code]) => [tenant, code.toUpperCase()])));
