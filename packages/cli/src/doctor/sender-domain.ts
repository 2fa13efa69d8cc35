import { resolveCname, resolveTxt } from 'node:dns/promises';
import type { Finding } from './finding.js';
import { ok, warning, wrong } from './finding.js';

/** How the DNS is asked; tests give their own. */
export interface Dns {
  txt(name: string): Promise<string[]>;
  cname(name: string): Promise<string[]>;
}

export const systemDns: Dns = {
  txt: async (name) => (await resolveTxt(name).catch(none)).map((parts) => parts.join('')),
  cname: (name) => resolveCname(name).catch(none),
};

function none(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOTFOUND' || error.code === 'ENODATA') return [];
  throw error;
}

/** SPF (RFC 7208), DKIM (RFC 6376) and DMARC (RFC 7489) of a domain that mail is sent from. */
export async function checkSenderDomain(domain: string, selectors: string[], dns: Dns): Promise<Finding[]> {
  try {
    return [
      await checkSpf(domain, dns),
      ...(await checkDkim(domain, selectors, dns)),
      await checkDmarc(domain, dns),
    ];
  } catch (error) {
    return [
      warning(
        `${domain}: the DNS did not answer (${(error as Error).message}).`,
        'Try again, or from another machine.',
      ),
    ];
  }
}

async function checkSpf(domain: string, dns: Dns): Promise<Finding> {
  const records = (await dns.txt(domain)).filter((record) => /^v=spf1( |$)/i.test(record));
  if (records.length > 1)
    return wrong(
      `${domain}: ${records.length} SPF records; receivers then take none.`,
      'Merge them into one TXT record.',
    );
  const [record] = records;
  if (!record)
    return wrong(
      `${domain}: no SPF record.`,
      `Publish a TXT record that names your provider, such as: v=spf1 include:… ~all`,
    );
  return /[+]all\b/.test(record)
    ? wrong(`${domain}: SPF lets everybody send (+all).`, 'End the record with ~all or -all.')
    : ok(`${domain}: SPF is there.`);
}

async function checkDkim(domain: string, selectors: string[], dns: Dns): Promise<Finding[]> {
  if (selectors.length === 0)
    return [
      warning(`${domain}: DKIM was not checked.`, 'Name the selector of your provider: --selector <name>'),
    ];
  return Promise.all(
    selectors.map(async (selector) => {
      const name = `${selector}._domainkey.${domain}`;
      const keys = (await dns.txt(name)).filter((record) => /(^|;)\s*p=/.test(record));
      const delegated = await dns.cname(name);
      const usable =
        keys.some((record) => /(^|;)\s*p=[A-Za-z0-9+/]/.test(record)) ||
        (keys.length === 0 && delegated.length > 0);
      return usable
        ? ok(`${domain}: the DKIM key ${selector} is there.`)
        : wrong(`${domain}: no DKIM key at ${name}.`, 'Publish the record that your provider shows.');
    }),
  );
}

async function checkDmarc(domain: string, dns: Dns): Promise<Finding> {
  const own = await dmarcOf(domain, dns);
  const parent = domain.split('.').slice(-2).join('.');
  const record = own ?? (parent === domain ? undefined : await dmarcOf(parent, dns));
  if (!record)
    return wrong(
      `${domain}: no DMARC record.`,
      `Publish a TXT record at _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:…`,
    );
  return /;\s*p=none/i.test(record)
    ? warning(
        `${domain}: DMARC only watches (p=none).`,
        'Move on to p=quarantine when the reports show no mail of yours failing.',
      )
    : ok(`${domain}: DMARC is there.`);
}

const dmarcOf = async (domain: string, dns: Dns): Promise<string | undefined> =>
  (await dns.txt(`_dmarc.${domain}`)).find((record) => /^v=DMARC1/i.test(record));
