import { Readable } from 'node:stream';
import { importRoutes } from '@halyard/contracts/imports/routes';
import type { InputOf } from '@halyard/contracts/route';
import { DomainError } from '@halyard/core/domain-error';
import type { ImportId } from '@halyard/core/ids';
import { Imports } from '@halyard/core/imports/imports';
import { Controller, Inject, Req, Res, StreamableFile } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { csvLine } from '../contacts/csv.js';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class ImportsController {
  constructor(@Inject(Imports) private readonly imports: Imports) {}

  @Handle(importRoutes.list)
  list(@Input() { query }: InputOf<typeof importRoutes.list>, @Who() caller: Caller) {
    return this.imports.list(caller.orgId, query);
  }

  @Handle(importRoutes.create)
  async create(
    @Input() { query, body }: InputOf<typeof importRoutes.create>,
    @Who() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const format = formatOf(request.headers['content-type']);
    try {
      return await this.imports.create(caller.orgId, format, query, arriving(body as Readable), caller.actor);
    } catch (error) {
      reply.header('connection', 'close'); // the rest of the file is not waited for
      throw error;
    }
  }

  @Handle(importRoutes.read)
  read(@Input() { params }: InputOf<typeof importRoutes.read>, @Who() caller: Caller) {
    return this.imports.read(caller.orgId, params.id as ImportId);
  }

  @Handle(importRoutes.rejects)
  async rejects(@Input() { params }: InputOf<typeof importRoutes.rejects>, @Who() caller: Caller) {
    const { id } = await this.imports.read(caller.orgId, params.id as ImportId);
    return new StreamableFile(Readable.from(this.#rejectLines(caller, id as ImportId)));
  }

  @Handle(importRoutes.cancel)
  cancel(@Input() { params }: InputOf<typeof importRoutes.cancel>, @Who() caller: Caller) {
    return this.imports.cancel(caller.orgId, params.id as ImportId, caller.actor);
  }

  async *#rejectLines(caller: Caller, id: ImportId): AsyncGenerator<string> {
    yield csvLine(['line', 'reason', 'row']);
    for await (const { line, reason, row } of this.imports.rejects(caller.orgId, id))
      yield csvLine([line, reason, row]);
  }
}

function formatOf(contentType: string | undefined): 'csv' | 'ndjson' {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type === 'text/csv') return 'csv';
  if (type === 'application/x-ndjson') return 'ndjson';
  throw new DomainError('unsupported_media_type', 'Send the file as text/csv or application/x-ndjson.');
}

/** The body as it arrives. Leaving it early must not break the connection, or nobody could be told that it is too large. */
const arriving = (body: Readable): AsyncIterable<Buffer> => body.iterator({ destroyOnReturn: false });
