import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Servers in containers, where an engine answers; `undefined` where none does. */
export async function findContainers() {
  const sockets = ['/var/run/docker.sock', join(homedir(), '.docker/run/docker.sock'), `${process.env.XDG_RUNTIME_DIR}/podman/podman.sock`];
  // Asking the library alone would cost every run without an engine a second.
  if (!process.env.DOCKER_HOST && !sockets.some((socket) => existsSync(socket))) return undefined;
  const { GenericContainer, getContainerRuntimeClient, Wait } = await import('testcontainers');
  const answers = await getContainerRuntimeClient().then(() => true, () => false);
  if (!answers) return undefined;
  return {
    async postgres(started) {
      const container = await new GenericContainer('postgres:18')
        .withEnvironment({ POSTGRES_PASSWORD: 'test' })
        .withExposedPorts(5432)
        .withWaitStrategy(Wait.forLogMessage(/ready to accept connections/, 2))
        .start();
      started.push(container);
      return `postgresql://postgres:test@${container.getHost()}:${container.getMappedPort(5432)}/postgres`;
    },
    async nats(started) {
      const container = await new GenericContainer('nats:2.12').withCommand(['-js']).withExposedPorts(4222).withWaitStrategy(Wait.forLogMessage(/Server is ready/)).start();
      started.push(container);
      return `nats://${container.getHost()}:${container.getMappedPort(4222)}`;
    },
  };
}
