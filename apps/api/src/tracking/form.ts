import type { FastifyInstance, FastifyRequest } from 'fastify';

/** RFC 8058 asks senders of one-click requests to use multipart/form-data; it is kept as it came, up to 16 kB. */
export function takeMultipart(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'string', bodyLimit: 16_384 },
    (_, body, done) => done(null, body),
  );
}

/** The fields of a posted form, whichever way it was encoded. What cannot be read has no fields. */
export async function formOf({ body, headers }: FastifyRequest): Promise<Map<string, string[]>> {
  const fields = new Map<string, string[]>();
  const add = (name: string, value: unknown) => {
    if (typeof value === 'string') fields.set(name, [...(fields.get(name) ?? []), value]);
  };
  if (typeof body === 'string') {
    const form = await new Response(body, { headers: { 'content-type': headers['content-type'] ?? '' } })
      .formData()
      .catch(() => null);
    form?.forEach((value, name) => {
      add(name, value);
    });
  } else if (typeof body === 'object' && body !== null)
    for (const [name, value] of Object.entries(body))
      for (const one of Array.isArray(value) ? value : [value]) add(name, one);
  return fields;
}
