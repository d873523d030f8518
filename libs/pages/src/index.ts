export { barChart, type BarChart, type Drawing } from './charts/bar-chart.js';
export { lineChart, type LineChart } from './charts/line-chart.js';
export { type Unit, valueLabel } from './charts/scales.js';
export { type Cell, csv } from './csv.js';
export { type FormError, messagesByField } from './form-errors.js';
export { Pace, TooFast } from './keep-pace.js';
export { awayPage, lapsedPage } from './kept-form.js';
export { missingItems } from './missing-items.js';
export { type Pagination, pagination } from './pagination.js';
export { type Render, renderer, type SiteFrame } from './renderer.js';
export { type Script, scriptOf } from './script.js';
export { refuseOtherOrigins } from './refuse-foreign.js';
export { run } from './run.js';
export { type Answer, NotAllowed, NotBegun, ServiceClient, ServiceUnavailable, SignedOut, StepUpNeeded } from './service-client.js';
export { fileInWords, fileList, type FileList, fileRefusal, type FileRefusal, filesOffered, SentFile, sentFileIn } from './sent-file.js';
export { download, show } from './show.js';
export { cookieName, cookieOptions, createSite, icon, type Site } from './site.js';
export { parseEnvironment, secretsOf, siteEnvironment } from './site-config.js';
export { siteLog } from './site-log.js';
export { stylesheet, stylesheetPath } from './stylesheet.js';
export { asVisitor, because, visiting, type Visitor, visitor } from './visitor.js';
export {
  codeInWords,
  count,
  dayInWords,
  dayOf,
  decimal,
  dueDayInBrief,
  dueDayInWords,
  dueTimeInBrief,
  dueTimeInWords,
  durationInWords,
  listInWords,
  monthInWords,
  periodInWords,
  shortMonth,
  timeInWords,
  whole,
} from './words.js';
