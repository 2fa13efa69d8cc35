import { createHash } from 'node:crypto';
import { Message } from '@halyard/contracts/messages/message';
import { messageRoutes } from '@halyard/contracts/messages/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Idempotency } from '@halyard/core/idempotency/idempotency';
import type { MessageId } from '@halyard/core/ids';
import { Messages } from '@halyard/core/messages/messages';
import { Controller, Headers, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class MessagesController {
  constructor(
    @Inject(Messages) private readonly messages: Messages,
    @Inject(Idempotency) private readonly idempotency: Idempotency,
  ) {}

  /** An `id` of the caller's counts like an Idempotency-Key: the same order is answered again, another one refused. */
  @Handle(messageRoutes.send)
  async send(
    @Input() { body }: InputOf<typeof messageRoutes.send>,
    @Who() { orgId }: Caller,
    @Headers('idempotency-key') key?: string,
  ): Promise<Message> {
    if (body.id === undefined || key !== undefined) return this.messages.send(orgId, body);
    const request = {
      key: `message:${createHash('sha256').update(body.id).digest('base64url')}`,
      route: messageRoutes.send.id,
      url: messageRoutes.send.path,
      body,
    };
    const { answer } = await this.idempotency.answer(orgId, request, async () => ({
      status: messageRoutes.send.status,
      body: await this.messages.send(orgId, body),
    }));
    return Message.parse(answer.body);
  }

  @Handle(messageRoutes.list)
  list(@Input() { query }: InputOf<typeof messageRoutes.list>, @Who() caller: Caller) {
    return this.messages.list(caller.orgId, query);
  }

  @Handle(messageRoutes.read)
  read(@Input() { params }: InputOf<typeof messageRoutes.read>, @Who() caller: Caller) {
    return this.messages.read(caller.orgId, params.id as MessageId);
  }

  @Handle(messageRoutes.status)
  status(@Input() { params }: InputOf<typeof messageRoutes.status>, @Who() caller: Caller) {
    return this.messages.status(caller.orgId, params.id as MessageId);
  }

  @Handle(messageRoutes.events)
  async events(@Input() { params }: InputOf<typeof messageRoutes.events>, @Who() caller: Caller) {
    return { items: await this.messages.events(caller.orgId, params.id as MessageId) };
  }

  @Handle(messageRoutes.cancel)
  cancel(@Input() { params }: InputOf<typeof messageRoutes.cancel>, @Who() caller: Caller) {
    return this.messages.cancel(caller.orgId, params.id as MessageId, caller.actor);
  }

  @Handle(messageRoutes.retry)
  retry(@Input() { params, body }: InputOf<typeof messageRoutes.retry>, @Who() caller: Caller) {
    return this.messages.retry(caller.orgId, params.id as MessageId, body.confirm, caller.actor);
  }
}
