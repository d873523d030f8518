import { chooseSources } from './debian.ts';

describe('choosing package sources', () => {
  const stanza = 'Types: deb\nURIs: http://mirror.example/debian\nSuites: bookworm bookworm-updates\nComponents: main';

  it('keeps the stanzas of the release itself', () => {
    const others = 'Types: deb\nURIs: http://other.example\nSuites: nodistro\nComponents: main\n';
    expect(chooseSources('bookworm', [], [`# a comment\n${stanza}\n\n${others}`]).deb822).toBe(`${stanza}\n`);
  });

  it('keeps the lines of the release itself', () => {
    const list = 'deb http://mirror.example/debian bookworm main\ndeb-src http://mirror.example/debian bookworm main\ndeb http://cloud.example sdk-bookworm main\n';
    expect(chooseSources('bookworm', [list], []).oneLine).toBe('deb http://mirror.example/debian bookworm main\n');
  });

  it('chooses nothing on a system that does not name its release', () => {
    expect(chooseSources('', ['deb http://mirror.example/debian  main'], [])).toEqual({ deb822: '', oneLine: '' });
  });
});
