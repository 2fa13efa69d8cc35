import { n8n, scene } from './stage.ts';

/** Gives n8n a credential of this type and name, or the one that is there this content: ports differ from run to run. */
export async function account(type: string, name: string, data: object): Promise<void> {
  const there = (await n8n.credentials()).find((each) => each.type === type && each.name === name);
  if (there) await n8n.updateCredential(there.id, data);
  else await n8n.createCredential({ type, name, data });
}

/** The header that services send to n8n's hooks. */
export const proof = { authorization: `Bearer ${scene.callersToken}` };

/** n8n's mail node sends over this mail server. */
export const smtpAccount = (port: number): Promise<void> =>
  account('smtp', 'SMTP', {
    host: '127.0.0.1',
    port,
    secure: false,
    disableStartTls: true,
    user: '',
    password: '',
  });
