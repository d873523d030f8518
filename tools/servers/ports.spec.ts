import { once } from 'node:events';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { freePorts, isFree, sitePorts } from './ports.ts';

describe('ports', () => {
  let taken: Server;
  let port: number;
  beforeEach(async () => {
    taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    ({ port } = taken.address() as AddressInfo);
  });
  afterEach(() => void taken.close());

  it('are not free while somebody listens', async () => {
    expect(await isFree(port)).toBe(false);
  });

  it('are passed over when taken', async () => {
    const [first] = await freePorts(1, port);
    expect(first).toBeGreaterThan(port);
  });

  it('that were asked for are not replaced by others', async () => {
    await expect(sitePorts(String(port))).rejects.toThrow(`Port ${port} is taken`);
  });

  it('must be numbers', async () => {
    await expect(sitePorts('80x')).rejects.toThrow('not a port number');
  });
});
