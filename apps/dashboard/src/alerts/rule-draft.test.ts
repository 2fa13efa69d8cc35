import { AlertMetric, AlertRuleInput, filtersOf as contractual } from '@halyard/contracts/alerts/rule';
import { expect, test } from 'vitest';
import { draftOf, filtersOf, inputOf } from './rule-draft';

test.each(AlertMetric.options)('%s is narrowed down in the form by what the API takes', (metric) => {
  expect(filtersOf(metric)).toEqual(contractual(metric));
});

test('a form left as it begins needs a name only, and a filter of another metric is not sent', () => {
  const draft = draftOf(null);
  expect(AlertRuleInput.safeParse(inputOf(draft)).error?.issues.map(({ path }) => path)).toEqual([['name']]);
  const filter = { ...draft.filter, channel: 'email', queue: 'events' };
  expect(inputOf({ ...draft, name: 'Failures', filter }).filter).toEqual({ channel: 'email' });
});

test('a number that is none is refused at its field', () => {
  const given = inputOf({ ...draftOf(null), name: 'Failures', threshold: '', resolve_minutes: 'soon' });
  const sent = JSON.parse(JSON.stringify(given));
  expect(
    AlertRuleInput.safeParse(sent)
      .error?.issues.map(({ path }) => path.join('.'))
      .sort(),
  ).toEqual(['resolve_minutes', 'threshold']);
});
