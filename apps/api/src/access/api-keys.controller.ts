import { apiKeyRoutes } from '@halyard/contracts/access/api-keys';
import type { InputOf } from '@halyard/contracts/route';
import { ApiKeys } from '@halyard/core/access/api-keys';
import type { ApiKeyId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller, KeyPrincipal } from '../http/caller.js';
import { Handle, Input, Key, Who } from '../http/handle.js';
import { SessionAuthenticator } from './authenticator.js';

@Controller()
export class ApiKeysController {
  constructor(
    @Inject(ApiKeys) private readonly keys: ApiKeys,
    @Inject(SessionAuthenticator) private readonly authenticator: SessionAuthenticator,
  ) {}

  @Handle(apiKeyRoutes.list)
  list(@Input() _: InputOf<typeof apiKeyRoutes.list>, @Who() caller: Caller) {
    return this.keys.list(caller.orgId);
  }

  @Handle(apiKeyRoutes.readCurrent)
  readCurrent(@Input() _: InputOf<typeof apiKeyRoutes.readCurrent>, @Key() key: KeyPrincipal) {
    return this.keys.get(key.orgId, key.keyId as ApiKeyId);
  }

  @Handle(apiKeyRoutes.create)
  create(@Input() { body }: InputOf<typeof apiKeyRoutes.create>, @Who() caller: Caller) {
    return this.keys.create(caller.orgId, body, caller.actor);
  }

  @Handle(apiKeyRoutes.revoke)
  async revoke(@Input() { params }: InputOf<typeof apiKeyRoutes.revoke>, @Who() caller: Caller) {
    await this.keys.revoke(caller.orgId, params.id as ApiKeyId, caller.actor);
    this.authenticator.forget();
    return undefined;
  }
}
