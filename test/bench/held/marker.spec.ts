import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findMarker, mark, wear } from './marker.ts';
import { heldPlan } from './plan.ts';

const plan = heldPlan(1_000, 1);
const laid = { concerns: 1_000, enquiries: 300, requests: 445, events: 11_000, seconds: 4 };
const home = mkdtempSync(join(tmpdir(), 'caseward-test-marker-'));
afterAll(() => rmSync(home, { recursive: true }));

describe('what a home says of what it holds', () => {
  it('is nothing before anything was laid', () => expect(findMarker(home, plan)).toBeUndefined());

  it('is what was laid, for the plan that it was laid from', () => {
    mark(home, plan, laid);
    expect(findMarker(home, plan)).toMatchObject(laid);
    expect(findMarker(home, heldPlan(1_000, 2))).toBeUndefined();
    expect(findMarker(home, heldPlan(10_000, 1))).toBeUndefined();
  });

  it('holds until benches have added a tenth', () => {
    wear(home, 60);
    expect(findMarker(home, plan)).toMatchObject({ worn: 60 });
    wear(home, 60);
    expect(findMarker(home, plan)).toBeUndefined();
  });
});
