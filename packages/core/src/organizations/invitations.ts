import type { Invitation, InvitationInput, InvitationMade } from '@halyard/contracts/organizations/members';
import type { Role } from '@halyard/contracts/route';
import type { AccountMail } from '../access/account-mail.js';
import type { Secrets } from '../access/secrets.js';
import { hashSecret } from '../access/secrets.js';
import type { Actor, AuditEntry } from '../actor.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { Ids, InvitationId, OrgId, UserId } from '../ids.js';

/** An invitation to be stored; its token only as a hash. */
export interface NewInvitation {
  id: InvitationId;
  email: string;
  role: Role;
  tokenHash: Buffer;
  invitedBy: UserId | null;
  expiresAt: Date;
  /** Its link goes to whoever invites: that it is used proves nothing about the address. */
  handedOver: boolean;
}

/** How an invitation is named by who accepts it: by id (then the address must be verified), or by the mail's token. */
export type InvitationProof = { id: InvitationId } | { tokenHash: Buffer };

export type Acceptance = { organizationId: OrgId; role: Role } | 'missing' | 'unverified';

/** What invitations need of the database. `audit` is written in the transaction of the change. */
export interface InvitationStore {
  listOpen(orgId: OrgId): Promise<Invitation[]>;
  /**
   * Replaces an open one to the same address; `member` when that address belongs to a member. `locale` is the
   * organization's.
   */
  insert(
    orgId: OrgId,
    invitation: NewInvitation,
    audit: AuditEntry,
  ): Promise<{ invitation: Invitation; locale: string | null } | 'member'>;
  cancel(orgId: OrgId, id: InvitationId, audit: AuditEntry): Promise<boolean>;
  /** To the address of this user, when they have verified it. */
  listFor(userId: UserId): Promise<Invitation[]>;
  /** The address that an open invitation with this token went to. */
  addressOf(tokenHash: Buffer): Promise<string | null>;
  /** Only for the user whose address was invited; a token that went there by mail verifies that address as well. */
  accept(userId: UserId, proof: InvitationProof, actor: Actor): Promise<Acceptance>;
}

const validForMs = 7 * 24 * 60 * 60 * 1_000;

/** Asking people into an organization by mail. */
export class Invitations {
  constructor(
    private readonly store: InvitationStore,
    private readonly mail: AccountMail,
    private readonly publicUrl: string,
    private readonly fresh: { id: Ids; secret: Secrets; clock: Clock },
  ) {}

  async list(orgId: OrgId): Promise<{ items: Invitation[] }> {
    return { items: await this.store.listOpen(orgId) };
  }

  async listFor(userId: UserId): Promise<{ items: Invitation[] }> {
    return { items: await this.store.listFor(userId) };
  }

  async invite(orgId: OrgId, input: InvitationInput, by: Role, actor: Actor): Promise<InvitationMade> {
    if (input.role === 'owner' && by !== 'owner')
      throw new DomainError(
        'forbidden',
        'Only an owner invites owners. Choose another role, or ask one of them.',
      );
    const id = this.fresh.id<InvitationId>();
    const token = this.fresh.secret();
    const inserted = await this.store.insert(
      orgId,
      {
        id,
        email: input.email.toLowerCase(),
        role: input.role,
        tokenHash: hashSecret(token),
        invitedBy: actor.type === 'user' ? ((actor.id ?? null) as UserId | null) : null,
        expiresAt: new Date(this.fresh.clock.now().getTime() + validForMs),
        handedOver: !this.mail.delivers,
      },
      { actor, action: 'invitation.created', target: { type: 'invitation', id }, changes: input },
    );
    if (inserted === 'member')
      throw new DomainError(
        'conflict',
        'Somebody with this address is a member already. Change their role instead.',
      );
    const { invitation, locale } = inserted;
    const link = `${this.publicUrl}/auth/links/invitation?token=${token}`;
    if (!this.mail.delivers) return { ...invitation, link };
    // After the commit: a mail that is lost is sent again by inviting again; a mail without its invitation is useless.
    await this.mail.send({
      kind: 'invitation',
      to: invitation.email,
      locale,
      organization: invitation.organization.name,
      inviter: actor.name ?? 'An administrator',
      role: invitation.role,
      link,
    });
    return { ...invitation, link: null };
  }

  async cancel(orgId: OrgId, id: InvitationId, actor: Actor): Promise<void> {
    const audit = { actor, action: 'invitation.cancelled', target: { type: 'invitation', id } };
    if (!(await this.store.cancel(orgId, id, audit))) throw notFound('invitation');
  }

  /** The address that an open invitation with this token went to. Throws when there is none. */
  async addressInvited(token: string): Promise<string> {
    return (await this.store.addressOf(hashSecret(token))) ?? notInvited();
  }

  /** Throws unless the token is of an open invitation to this address. */
  async assertInvited(token: string, email: string): Promise<void> {
    if ((await this.addressInvited(token)).toLowerCase() !== email.toLowerCase()) notInvited();
  }

  async acceptById(userId: UserId, id: InvitationId, actor: Actor) {
    return answer(await this.store.accept(userId, { id }, actor));
  }

  async acceptByToken(userId: UserId, token: string, actor: Actor) {
    return answer(await this.store.accept(userId, { tokenHash: hashSecret(token) }, actor));
  }
}

function answer(acceptance: Acceptance): { organization_id: OrgId; role: Role } {
  if (acceptance === 'missing')
    throw new DomainError(
      'not_found',
      'There is no such invitation to your address, or it is not open any more.',
    );
  if (acceptance === 'unverified')
    throw new DomainError(
      'forbidden',
      'Verify your address first (POST /auth/email/send-verification), or use the token from the mail.',
    );
  return { organization_id: acceptance.organizationId, role: acceptance.role };
}

function notInvited(): never {
  const message = 'This invitation went to another address, has expired, or was used. Ask for a new one.';
  throw new DomainError('invalid_request', message, [{ path: 'body.invitation_token', message }]);
}
