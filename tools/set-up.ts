/**
 * Makes a council's database and broker ready: the one-shot step before the services of a release start. Passwords come
 * from the environment, the database roles' as `PASSWORD_<role>`.
 */
import { setUpUser } from './servers/nats.ts';
import { prepareInfrastructure } from './start/prepare.ts';

/** A setting that there is no going on without. */
function required(name: string): string {
  const value = process.env[name];
  if (value) return value;
  process.stderr.write(`${name} is not set.\n`);
  process.exit(78);
}

const infrastructure = {
  ownerUrl: required('DATABASE_URL'),
  natsUrl: required('NATS_URL'),
  brokerLogin: () => ({ user: setUpUser, password: required('NATS_PASSWORD') }),
};
const replicas = Number(process.env['STREAM_REPLICAS'] ?? 1);

await prepareInfrastructure(infrastructure, (role) => required(`PASSWORD_${role}`), { replicas });
process.stdout.write('Database and broker are ready.\n');
