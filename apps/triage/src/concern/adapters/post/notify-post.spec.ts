import { ANotify, apiKey } from '../../../../test/a-notify.js';
import type { Letter } from '../../application/post.js';
import { NotifyPost } from './notify-post.js';

const id = '0190c1d2-0000-7000-8000-0000000000e1';
const templates = { told: { email: 'template-told-email', text: 'template-told-text' }, code: { email: 'template-code-email', text: 'template-code-text' }, asked: { email: 'template-asked-email', text: 'template-asked-text' } };
const letter: Letter = { id, recordId: 'c1', authority: 'E06000062', kind: 'told', way: 'email', to: 'neighbour@example.test', personalisation: { message: 'Thank you. (Invented.)' } };

let peer: ANotify;
let post: NotifyPost;
beforeAll(async () => {
  peer = await ANotify.start();
  post = new NotifyPost({ url: peer.url, key: apiKey, templates });
});
afterAll(() => peer.close());
beforeEach(() => peer.reset());

describe('a message by GOV.UK Notify', () => {
  it('goes by its template with what that asks for, under our own reference', async () => {
    const passage = await post.send(letter, false);
    expect(passage).toEqual({ is: 'handed_over', as: peer.taken[0]?.id });
    expect(peer.taken).toMatchObject([{ type: 'email', template_id: 'template-told-email', email_address: 'neighbour@example.test', reference: id, personalisation: { message: 'Thank you. (Invented.)' } }]);
    expect(peer.lookedFor).toEqual([]);
  });
  it('goes by text where that is wanted', async () => {
    await post.send({ ...letter, kind: 'code', way: 'text', to: '07700 900001', personalisation: { code: '123456', minutes: '15' } }, false);
    expect(peer.taken).toMatchObject([{ type: 'sms', template_id: 'template-code-text', phone_number: '07700 900001' }]);
  });
  it('that was tried before is looked for first, and not sent twice', async () => {
    peer.keepsSilent = true;
    const impatient = new NotifyPost({ url: peer.url, key: apiKey, templates, timeoutMs: 3_000 });
    expect(await impatient.send(letter, false)).toEqual({ is: 'later', trouble: 'no_answer' });
    peer.keepsSilent = false;
    expect(await post.send(letter, true)).toEqual({ is: 'handed_over', as: peer.taken[0]!.id });
    expect([peer.taken.length, peer.lookedFor]).toEqual([1, [id]]);
  });
  it('that was tried before and did not get there is sent', async () => {
    peer.answersWith = 500;
    expect(await post.send(letter, false)).toEqual({ is: 'later', trouble: 'no_answer' });
    peer.answersWith = undefined;
    expect(await post.send(letter, true)).toMatchObject({ is: 'handed_over' });
    expect(peer.taken).toHaveLength(1);
  });
  it('is not sent while it cannot be looked for', async () => {
    peer.answersWith = 500;
    await post.send(letter, true);
    expect(peer.taken).toEqual([]);
  });
  it.each([
    [400, undefined, { is: 'not_sent', reason: 'refused' }],
    [400, { error: 'ValidationError', message: 'email_address Not a valid email address' }, { is: 'not_sent', reason: 'address_refused' }],
    [400, { error: 'ValidationError', message: 'phone_number Number is not valid' }, { is: 'not_sent', reason: 'address_refused' }],
    [403, undefined, { is: 'later', trouble: 'not_allowed' }],
    [429, undefined, { is: 'later', trouble: 'too_many' }],
    [500, undefined, { is: 'later', trouble: 'no_answer' }],
  ])('answered %d comes to a code, and nothing else is told of it: %j', async (status, refusal, passage) => {
    peer.answersWith = status;
    peer.refusal = refusal;
    expect(await post.send(letter, false)).toEqual(passage);
  });
  it('waits where nobody is there, and no longer than it is told to', async () => {
    const nowhere = new NotifyPost({ url: 'http://127.0.0.1:9', key: apiKey, templates });
    expect(await nowhere.send(letter, false)).toEqual({ is: 'later', trouble: 'no_answer' });
  });
  it('by another key waits until the key is put right', async () => {
    const stranger = new NotifyPost({ url: peer.url, key: apiKey.replaceAll('2222', '4444'), templates });
    expect(await stranger.send(letter, false)).toEqual({ is: 'later', trouble: 'not_allowed' });
  });
});

describe('what became of it', () => {
  it.each([
    ['created', { is: 'handed_over' }],
    ['sending', { is: 'handed_over' }],
    ['delivered', { is: 'delivered' }],
    ['sent', { is: 'delivered' }],
    ['permanent-failure', { is: 'not_sent', reason: 'not_delivered' }],
    ['temporary-failure', { is: 'not_sent', reason: 'not_delivered' }],
    ['technical-failure', { is: 'not_sent', reason: 'refused' }],
    ['something new', { is: 'handed_over' }],
  ])('is asked for: %s', async (status, passage) => {
    await post.send(letter, false);
    peer.taken[0]!.status = status;
    expect(await post.fate(peer.taken[0]!.id)).toMatchObject(passage);
  });
  it('is asked again where nobody says', async () => {
    expect(await post.fate('nobody-knows')).toEqual({ is: 'later', trouble: 'no_answer' });
    peer.answersWith = 500;
    expect(await post.fate('nobody-knows')).toEqual({ is: 'later', trouble: 'no_answer' });
  });
});
