import { AlertRouteInput } from '@halyard/contracts/alerts/alert-route';
import { expect, test } from 'vitest';
import { draftOfRoute, inputOfRoute } from './route-draft';

const id = '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70';

test('what the form holds for one way is not sent with another', () => {
  const draft = { ...draftOfRoute(null), name: 'Team', to: ' ops@school.example ', endpoint_id: id };
  expect(AlertRouteInput.parse(inputOfRoute(draft, null)).target).toEqual({
    type: 'message',
    channel: 'email',
    to: 'ops@school.example',
  });
  expect(AlertRouteInput.parse(inputOfRoute({ ...draft, way: 'endpoint' }, null)).target).toEqual({
    type: 'endpoint',
    endpoint_id: id,
  });
});

test('an address that is missing is refused at its field', () => {
  const issues = AlertRouteInput.safeParse(inputOfRoute({ ...draftOfRoute(null), name: 'Team' }, null)).error
    ?.issues;
  expect(issues?.map(({ path }) => path.join('.'))).toEqual(['target.to']);
});
