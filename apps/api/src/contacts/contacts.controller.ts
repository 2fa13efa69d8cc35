import { Readable } from 'node:stream';
import { contactRoutes } from '@halyard/contracts/contacts/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Contacts } from '@halyard/core/contacts/contacts';
import { Erasure } from '@halyard/core/contacts/erasure';
import type { ContactId } from '@halyard/core/ids';
import { Controller, Inject, StreamableFile } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';
import { contactsAsCsv, contactsAsNdjson } from './contact-export.js';

@Controller()
export class ContactsController {
  constructor(
    @Inject(Contacts) private readonly contacts: Contacts,
    @Inject(Erasure) private readonly erasure: Erasure,
  ) {}

  @Handle(contactRoutes.list)
  list(@Input() { query }: InputOf<typeof contactRoutes.list>, @Who() caller: Caller) {
    return this.contacts.list(caller.orgId, query);
  }

  @Handle(contactRoutes.create)
  create(@Input() { body }: InputOf<typeof contactRoutes.create>, @Who() caller: Caller) {
    return this.contacts.create(caller.orgId, body, caller.actor);
  }

  @Handle(contactRoutes.upsert)
  upsert(@Input() { body }: InputOf<typeof contactRoutes.upsert>, @Who() caller: Caller) {
    return this.contacts.upsert(caller.orgId, body, caller.actor);
  }

  @Handle(contactRoutes.exportCsv)
  async exportCsv(@Input() { query }: InputOf<typeof contactRoutes.exportCsv>, @Who() caller: Caller) {
    return new StreamableFile(Readable.from(contactsAsCsv(this.contacts.all(caller.orgId, query))));
  }

  @Handle(contactRoutes.exportNdjson)
  async exportNdjson(@Input() { query }: InputOf<typeof contactRoutes.exportNdjson>, @Who() caller: Caller) {
    return new StreamableFile(Readable.from(contactsAsNdjson(this.contacts.all(caller.orgId, query))));
  }

  @Handle(contactRoutes.read)
  read(@Input() { params }: InputOf<typeof contactRoutes.read>, @Who() caller: Caller) {
    return this.contacts.read(caller.orgId, params.id as ContactId);
  }

  @Handle(contactRoutes.update)
  update(@Input() { params, body }: InputOf<typeof contactRoutes.update>, @Who() caller: Caller) {
    return this.contacts.update(caller.orgId, params.id as ContactId, body, caller.actor);
  }

  @Handle(contactRoutes.telegramStart)
  async telegramStart(
    @Input() { params }: InputOf<typeof contactRoutes.telegramStart>,
    @Who() caller: Caller,
  ) {
    return { start: await this.contacts.startParameter(caller.orgId, params.id as ContactId) };
  }

  @Handle(contactRoutes.exportOne)
  exportOne(@Input() { params }: InputOf<typeof contactRoutes.exportOne>, @Who() caller: Caller) {
    return this.erasure.exportContact(caller.orgId, params.id as ContactId, caller.actor);
  }

  @Handle(contactRoutes.erase)
  async erase(@Input() { params, query }: InputOf<typeof contactRoutes.erase>, @Who() caller: Caller) {
    await this.erasure.erase(caller.orgId, params.id as ContactId, query, caller.actor);
    return undefined;
  }
}
