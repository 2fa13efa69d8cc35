import { liveRoutes } from '@halyard/contracts/live/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Controller, Header, Inject, Req, StreamableFile } from '@nestjs/common';
import type { Authenticator, Caller, Principal } from '../http/caller.js';
import { AUTHENTICATOR } from '../http/caller.js';
import type { AuthenticatedRequest } from '../http/handle.js';
import { Handle, Input, Who } from '../http/handle.js';
import { HungUp } from '../http/hung-up.js';
import { LiveStreams } from './live-streams.js';

@Controller()
export class LiveController {
  constructor(
    @Inject(LiveStreams) private readonly streams: LiveStreams,
    @Inject(AUTHENTICATOR) private readonly authenticator: Authenticator,
  ) {}

  /** Proxies neither keep nor collect it, and its connection ends with it: one that lay idle would delay a stop. */
  @Handle(liveRoutes.follow)
  @Header('cache-control', 'no-store, no-transform')
  @Header('x-accel-buffering', 'no')
  @Header('connection', 'close')
  async follow(
    @Input() _: InputOf<typeof liveRoutes.follow>,
    @Who() { orgId, principal }: Caller,
    @Req() { headers }: AuthenticatedRequest,
    @HungUp() signal: AbortSignal,
  ) {
    const mayStill = async () => {
      const now = await this.authenticator.authenticate(headers);
      if (now?.kind !== 'user') return now !== null;
      return (await this.authenticator.roleOf(now.userId, orgId)) !== null;
    };
    return new StreamableFile(await this.streams.open({ orgId, who: nameOf(principal), mayStill }, signal));
  }
}

const nameOf = (principal: Principal): string =>
  principal.kind === 'user' ? `user ${principal.userId}` : `key ${principal.keyId}`;
