/** Something about n8n that does not work here; the sentence says what to do. */
export class N8nFailure extends Error {
  override readonly name = 'N8nFailure';
}
