import type { AlertRoute, AlertRouteInput, Severity } from '../data/alerts';

type Target = AlertRouteInput['target'];
type Channel = Extract<Target, { type: 'message' }>['channel'];

/** A route as it stands in its form. */
export interface RouteDraft {
  name: string;
  /** A channel, or `endpoint` for a webhook. */
  way: Channel | 'endpoint';
  /** Empty: where the connection posts by itself. */
  to: string;
  /** Empty: whichever connection the channel has. */
  connection_id: string;
  endpoint_id: string;
  severities: readonly Severity[];
  tell_resolved: boolean;
  interval_minutes: string;
  enabled: boolean;
}

export function draftOfRoute(route: AlertRoute | null): RouteDraft {
  const target = route?.target;
  const message = target?.type === 'message' ? target : null;
  return {
    name: route?.name ?? '',
    way: target?.type === 'endpoint' ? 'endpoint' : (message?.channel ?? 'email'),
    to: message?.to ?? '',
    connection_id: message?.connection_id ?? '',
    endpoint_id: target?.type === 'endpoint' ? target.endpoint_id : '',
    severities: route?.severities ?? ['warning', 'error', 'critical'],
    tell_resolved: route?.tell_resolved ?? true,
    interval_minutes: String(route?.interval_minutes ?? 5),
    enabled: route?.enabled ?? true,
  };
}

/** What is sent; of which rules it tells stays as it was. */
export const inputOfRoute = (draft: RouteDraft, before: AlertRoute | null): AlertRouteInput => ({
  name: draft.name,
  target: targetOf(draft),
  severities: [...draft.severities],
  rule_ids: before?.rule_ids ?? null,
  tell_resolved: draft.tell_resolved,
  interval_minutes: Number(draft.interval_minutes),
  enabled: draft.enabled,
});

function targetOf({ way, to, connection_id, endpoint_id }: RouteDraft): Target {
  if (way === 'endpoint') return { type: 'endpoint', endpoint_id };
  const address = to.trim();
  return {
    type: 'message',
    channel: way,
    ...(address && { to: address }),
    ...(connection_id && { connection_id }),
  };
}
