import { fileSystemOf, machineOf } from './machine.ts';

const mounts = `/dev/root / ext4 rw 0 0
tmpfs /dev/shm tmpfs rw 0 0
/dev/vdb /srv/data xfs rw 0 0
`;

describe('the machine', () => {
  it('has the file system that is mounted nearest above a folder', () => {
    expect(fileSystemOf('/srv/data/bench', mounts)).toEqual({ kind: 'xfs', place: '/srv/data' });
    expect(fileSystemOf('/srv/database', mounts)).toEqual({ kind: 'ext4', place: '/' });
    expect(fileSystemOf('/dev/shm', mounts)).toEqual({ kind: 'tmpfs', place: '/dev/shm' });
  });

  it('is told of as it is', () => {
    expect(machineOf('/')).toMatchObject({ cores: expect.any(Number), kernel: expect.stringMatching(/^Linux /), data: expect.stringMatching(/\(\/\)$/) });
  });
});
