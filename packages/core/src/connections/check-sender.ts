import { createPrivateKey, createPublicKey } from 'node:crypto';
import type { ResendSettings, SmtpSettings } from '@halyard/contracts/connections/provider-settings';
import type { SenderDomain } from '@halyard/contracts/connections/routes';
import type { OpenConnection } from '../delivery/provider.js';
import type { SenderIdentity } from './sender-domain.js';
import { judgeSender } from './sender-domain.js';

/** The DNS; channels/dns implements it. */
export interface Dns {
  /** TXT records of a name, each joined to one text; empty when there are none, null when nobody answered. */
  txt(name: string): Promise<string[] | null>;
}

/** Looks up what mail servers will look up, and judges it. */
export async function checkSender(identity: SenderIdentity, dns: Dns): Promise<SenderDomain> {
  const { dkim, fromDomain, returnPathDomain } = identity;
  const [spf, dkimRecords, dmarc] = await Promise.all([
    dns.txt(returnPathDomain),
    dkim ? dns.txt(`${dkim.selector}._domainkey.${dkim.domain}`) : [],
    nearestDmarc(fromDomain, dns),
  ]);
  return judgeSender(identity, { spf, dkim: dkimRecords, dmarc });
}

/** Whom mail of this connection claims to be from; null for a connection that sends no mail of a domain of its own. */
export function senderOf({ provider, settings, secrets }: OpenConnection): SenderIdentity | null {
  if (provider === 'smtp') {
    const { from_address, return_path, dkim } = settings as SmtpSettings;
    const publicKey = secrets.dkim_private_key && publicKeyOf(secrets.dkim_private_key);
    return {
      fromDomain: domainOf(from_address),
      returnPathDomain: domainOf(return_path ?? from_address),
      dkim: dkim ? { ...dkim, ...(publicKey ? { publicKey } : {}) } : null,
    };
  }
  if (provider !== 'resend') return null;
  // Resend signs as `resend` and takes bounces at a subdomain (resend.com/docs/dashboard/domains/introduction).
  const fromDomain = domainOf((settings as ResendSettings).from_address);
  return {
    fromDomain,
    returnPathDomain: `send.${fromDomain}`,
    dkim: { domain: fromDomain, selector: 'resend' },
  };
}

const domainOf = (address: string): string => (address.split('@')[1] ?? '').toLowerCase();

function publicKeyOf(pem: string): string | undefined {
  try {
    const key = createPublicKey(createPrivateKey(pem));
    return key.export({ type: 'spki', format: 'der' }).toString('base64');
  } catch {
    return undefined;
  }
}

/** The DMARC record of the domain, or else of the nearest parent that has one, down to two labels. */
async function nearestDmarc(domain: string, dns: Dns): Promise<string[] | null> {
  const labels = domain.split('.');
  for (let from = 0; labels.length - from >= 2; from++) {
    const records = await dns.txt(`_dmarc.${labels.slice(from).join('.')}`);
    if (!records || records.some((record) => /^v=DMARC1/i.test(record))) return records;
  }
  return [];
}
