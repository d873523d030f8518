import { fold } from '#libs/decider';
import { aConcern, aTriage, MONDAY, reopened, TUESDAY, WEDNESDAY, wishesKnown, words } from './a-concern.js';
import { concern, type ConcernEvent } from './concern.js';
import { heardOf } from './hearing.js';

const assigned = (to: string | null): ConcernEvent => ({ type: 'ConcernAssigned', at: MONDAY, by: 'officer-1', to });
const asked: ConcernEvent = { type: 'MoreAskedFor', at: MONDAY, by: 'officer-1', what: ['consent'], message: null };
const told: ConcernEvent = { type: 'ReferrerTold', at: WEDNESDAY, by: 'officer-1', decision: 1, message: words('thanks') };
const taken: ConcernEvent = { type: 'ConcernEnteredInError', at: WEDNESDAY, proposedBy: 'officer-1', confirmedBy: 'manager-1', reason: words('a test') };
const corrected: ConcernEvent = { type: 'ConcernCorrected', at: TUESDAY, by: 'officer-1', correction: { field: 'sourceOfRisk', value: 'service_provider' }, reason: words('staff') };

/** What is heard of the last of these events. */
const heard = (...events: ConcernEvent[]) => heardOf(events.slice(-1), fold(concern, events.slice(0, -1)));
const states = (...events: ConcernEvent[]) => heardOf(events, concern.initialState).map(({ state }) => state);

describe('what a program hears of a concern that it raised', () => {
  it('is its whole way, each with its time', () => {
    expect(heardOf([aConcern(), assigned('officer-1'), asked, aTriage(), told], concern.initialState)).toEqual([
      { state: 'received', at: MONDAY }, { state: 'being_looked_at', at: MONDAY }, { state: 'more_wanted', at: MONDAY }, { state: 'decided', at: TUESDAY }, { state: 'told', at: WEDNESDAY },
    ]);
  });
  it('is that it is looked at again, or was taken back', () => {
    expect([heard(aConcern(), aTriage(), reopened), heard(aConcern(), taken)]).toMatchObject([[{ state: 'being_looked_at' }], [{ state: 'taken_back' }]]);
  });
  it('is nothing of who has it, what the person wants or what was put right', () => {
    expect([heard(aConcern(), assigned('officer-1'), assigned('officer-2')), heard(aConcern(), assigned('officer-1'), assigned(null)), heard(aConcern(), wishesKnown)]).toEqual([[], [], []]);
  });
  it('is nothing from when it is known that whoever raised it may be causing the harm', () => {
    expect(states(aConcern(), assigned('officer-1'), corrected, aTriage(), told)).toEqual(['received', 'being_looked_at']);
    expect(states(aConcern({ sourceOfRisk: 'service_provider' }), aTriage())).toEqual([]);
  });
});
