import { gauges } from '../libs/platform/src/gauges.ts';
import { alertRules, metricsOfRules, prometheusName } from './alerts.ts';

describe('the alert rules', () => {
  it('each say what is the matter, how grave it is and what to do', () => {
    for (const { alert, labels, annotations } of alertRules()) {
      expect(alert).toMatch(/^[A-Z]\w+$/);
      expect(['warning', 'critical']).toContain(labels?.severity);
      expect(annotations?.summary).toMatch(/^\w.{20}/);
      expect(annotations?.description).toMatch(/^\w.{20}/);
    }
  });

  it('have names of their own', () => {
    const names = alertRules().map(({ alert }) => alert);
    expect(new Set(names).size).toBe(names.length);
  });

  // That each of their metrics is really told, the journey of traces holds.
  it('watch the outbox, the streams, the broker and the database', () => {
    const { outboxAge, streamFilled, brokerUp, databaseUp } = gauges;
    expect(metricsOfRules()).toEqual(expect.arrayContaining([outboxAge, streamFilled, brokerUp, databaseUp].map(prometheusName)));
  });
});
