export type { Entry, HeldPage } from './entry.js';
export { because, flagOf, type Flags } from './flags.js';
export { type FoundSubject, HeldAbout, type HeldQuestion, Subjects } from './held-about.js';
export { HeldInRecords, ofConcerns, ofPerson } from './held-in-records.js';
export { leavesOf } from './leaves.js';
export { entriesOf, type Telling, textsOf, type Told } from './story.js';
export { SubjectAccessController, SubjectsController } from './subject-access.controller.js';
