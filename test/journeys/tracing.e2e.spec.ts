import { metricsOfRules, prometheusName } from '../alerts.ts';
import { eventually } from '../asking.ts';
import { Collector } from '../collector.ts';
import { decision, raise } from '../line.ts';
import { TestSystem } from '../system.ts';

const collector = new Collector();
let system: TestSystem;
beforeAll(async () => {
  system = new TestSystem({
    OTEL_EXPORTER_OTLP_ENDPOINT: await collector.start(),
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_BSP_SCHEDULE_DELAY: '100',
    OTEL_METRIC_EXPORT_INTERVAL: '1000',
    OTEL_METRIC_EXPORT_TIMEOUT: '1000',
  });
  await system.start();
}, 120_000);
afterAll(async () => {
  await system.remove();
  await collector.stop();
}, 60_000);

const traceId = '0af7651916cd43dd8448eb211c80319c';
const traced = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
const canary = { givenName: 'Canaryella', familyName: 'Featherstonehaugh', dateOfBirth: '1931-03-07', nhsNumber: '9990000034', postcode: 'NN29 7ZZ', address: '7 Birdcage Row' };
const words = ['Canaryworry', 'Canaryreason', 'Canarywish', 'Canaryreferrer'];

describe('a concern triaged in one service and allocated in another', () => {
  it('is one trace, from the request through journal and broker to the measures', async () => {
    const triage = system.as('triage', 'staff-triage-1', traced);
    const manager = system.as('section42', 'staff-manager-1', traced);
    const raised = await triage.post('/concerns', {
      ...raise,
      worry: 'Canaryworry',
      person: canary,
      referrer: { name: 'Canaryreferrer', email: 'canaryreferrer@example.org' },
      wishes: { asked: 'asked_and_expressed', words: 'Canarywish' },
    });
    const known = await eventually(() => triage.get(`/concerns/${raised.body.id}`), ({ body }) => body.personId !== null);
    await triage.post(`/concerns/${raised.body.id}/triage`, { ...decision, reason: 'Canaryreason' }, { etag: known.etag });
    const opened = await eventually(() => manager.get(`/enquiries?concernId=${raised.body.id}`), ({ body }) => body.items?.length === 1);
    const path = `/enquiries/${opened.body.items[0].id}`;
    const allocated = await manager.post(`${path}/allocate`, { worker: 'staff-worker-1', team: 'community_north' }, { etag: (await manager.get(path)).etag });
    expect(allocated.status).toBe(200);

    const whole = [
      'triage server',
      'people take safeguarding.concern.received.v1',
      'triage take safeguarding.person.identified.v1',
      'section42 take safeguarding.concern.triaged.v1',
      'section42 server',
      'metrics take safeguarding.concern.received.v1',
      'metrics take safeguarding.concern.triaged.v1',
      'metrics take safeguarding.enquiry.opened.v1',
      'metrics take safeguarding.enquiry.allocated.v1',
    ];
    const missing = async () => {
      const ours = collector.spans.filter((span) => span.traceId === traceId).map(({ service, kind, name }) => `${service} ${kind === 'consumer' ? name : kind}`);
      return whole.filter((span) => !ours.includes(span));
    };
    await eventually(missing, ({ length }) => length === 0);
  }, 60_000);

  it('is told with every metric that an alert rule goes by', async () => {
    const missing = async () => metricsOfRules().filter((name) => ![...collector.metrics.values()].some((metric) => prometheusName(metric) === name));
    await eventually(missing, ({ length }) => length === 0);
  }, 60_000);

  it('tells the collector nothing of the person, of who raised it or of what was written', async () => {
    await eventually(async () => collector.raw.filter((body) => body.includes('resourceMetrics')).length, (count) => count > 0);
    const said = collector.raw.join('\n').toLowerCase();
    expect([...Object.values(canary), ...words].filter((word) => said.includes(word.toLowerCase()))).toEqual([]);
  });
});
