import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Message } from '../data/queries';

/** Calls a message off, or sends it again; who sends one again whose fate is unknown was asked before. */
export function actOnMessage({ id, status }: Pick<Message, 'id' | 'status'>, act: 'cancel' | 'retry') {
  const params = { path: { id } };
  if (act === 'cancel') return answerOf(halyard.POST('/messages/{id}/cancel', { params }));
  const body = { confirm: status === 'unknown' };
  return answerOf(halyard.POST('/messages/{id}/retry', { params, body }));
}
