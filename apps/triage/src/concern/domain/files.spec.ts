import { specify } from '#libs/decider';
import { aConcern, aTriage, MONDAY, reopened, TUESDAY, WEDNESDAY, words } from './a-concern.js';
import { type AddFile, concern, type ConcernEvent, type FileAdded } from './concern.js';

const { given } = specify(concern);
const adds = (change: Partial<AddFile> = {}): AddFile => ({
  type: 'AddFile', at: TUESDAY, by: 'partner-1', fileId: 'file-1', kind: 'pdf', bytes: 1_000, name: words('name'), most: 2, letInBy: 'account', ...change,
});
const added = (change: Partial<FileAdded> = {}): FileAdded => ({ type: 'FileAdded', at: TUESDAY, by: 'partner-1', fileId: 'file-1', kind: 'pdf', bytes: 1_000, name: words('name'), ...change });
const judges = { type: 'JudgeFile', at: WEDNESDAY, fileId: 'file-1', verdict: 'clean' } as const;
const judged: ConcernEvent = { type: 'FileJudged', at: WEDNESDAY, fileId: 'file-1', verdict: 'clean' };
const byRelative = aConcern({ referrerType: 'family_or_friend', sourceOfRisk: 'known_to_individual' });
const inError: ConcernEvent = { type: 'ConcernEnteredInError', at: TUESDAY, proposedBy: 'officer-1', confirmedBy: 'officer-2', reason: words('a test') };

describe('adding a file to a concern', () => {
  it('is told with what it is, and refers to its name', () => given(aConcern()).when(adds()).then(added()));
  it('goes on once it is decided', () => given(aConcern(), aTriage()).when(adds({ at: WEDNESDAY })).then(added({ at: WEDNESDAY })));
  it('is done once', () => given(aConcern(), added()).when(adds()).then());
  it('needs a concern', () => given().when(adds()).thenRefused('concern/not-received'));
  it('is not done to what was entered in error', () => given(aConcern(), inError).when(adds()).thenRefused('concern/entered-in-error'));
  it('needs a name', () => given(aConcern()).when(adds({ name: null })).thenRefused('concern/file-name-required'));
  it('ends where there are as many as a concern takes, whatever became of them', () =>
    given(aConcern(), added({ fileId: 'file-2' }), { ...judged, fileId: 'file-2', verdict: 'refused' }, added({ fileId: 'file-3' })).when(adds()).thenRefused('concern/too-many-files'));
  it('is for twelve hours with nothing but the receipt', () => {
    given(aConcern()).when(adds({ letInBy: 'receipt', at: MONDAY })).then(added({ at: MONDAY }));
    given(aConcern()).when(adds({ letInBy: 'receipt' })).thenRefused('concern/receipt-over');
  });
  it('says nothing of what became of it to whoever may be the one who causes the harm', () => {
    for (const letInBy of ['account', 'receipt'] as const) {
      given(byRelative, inError).when(adds({ letInBy, at: MONDAY })).then(added({ at: MONDAY }));
      given(byRelative, added({ fileId: 'file-2', by: 'officer-1' }), added({ fileId: 'file-3', by: 'officer-1' })).when(adds({ letInBy, at: MONDAY })).then(added({ at: MONDAY }));
      given(byRelative, inError, added({ fileId: 'file-2' }), added({ fileId: 'file-3' })).when(adds({ letInBy, at: MONDAY })).thenRefused('concern/too-many-files');
    }
    given(byRelative, inError).when(adds({ letInBy: 'receipt', at: WEDNESDAY })).thenRefused('concern/receipt-over');
    given(byRelative, inError).when(adds({ letInBy: 'code' })).thenRefused('concern/not-following');
    given(byRelative, inError).when(adds({ letInBy: 'work' })).thenRefused('concern/entered-in-error');
  });
  it('goes on for whoever follows it by a code, unless they may be the one who causes the harm', () => {
    given(aConcern()).when(adds({ letInBy: 'code' })).then(added());
    given(byRelative).when(adds({ letInBy: 'code' })).thenRefused('concern/not-following');
  });
});

describe('judging a file', () => {
  it('is told', () => given(aConcern(), added()).when(judges).then(judged));
  it('is told of what was found as well', () => given(aConcern(), added()).when({ ...judges, verdict: 'refused' }).then({ ...judged, verdict: 'refused' }));
  it('is done once: the first word on it stands', () => given(aConcern(), added(), judged).when({ ...judges, verdict: 'refused' }).then());
  it('says nothing of a file that is not there', () => given(aConcern()).when(judges).then());
  it('goes on whatever became of the concern meanwhile', () => {
    given(aConcern(), added(), aTriage(), reopened).when(judges).then(judged);
    given(aConcern(), added(), inError).when(judges).then(judged);
  });
});
