/** What the global set-up of the run left in the environment for its suites. */
export function fromSetUp(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: suites that need servers end in .int.spec.ts and run through jest's project "int".`);
  return value;
}
