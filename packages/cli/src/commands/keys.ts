import { scopes } from '@halyard/contracts/route';
import type { Command } from 'commander';
import { answer, connectAsPerson } from '../connect.js';
import { CommandFailure } from '../failure.js';
import { table } from '../table.js';

export function addKeys(program: Command): void {
  const keys = program
    .command('keys')
    .description('API keys of the organization (needs an admin to sign in)');

  keys
    .command('list')
    .description('list the keys that are not revoked')
    .action(async () => {
      const client = await connectAsPerson();
      const { items } = answer(await client.GET('/api-keys'));
      const rows = items.map((key) => [
        key.id,
        key.name,
        `${key.start}…`,
        key.last_used_at ?? 'never',
        key.scopes.length === scopes.length ? 'all' : key.scopes.join(','),
      ]);
      console.log(table([['ID', 'NAME', 'KEY', 'LAST USED', 'SCOPES'], ...rows]));
    });

  keys
    .command('create')
    .description('create a key; it is shown this once')
    .argument('<name>', 'what the key is for')
    .option('--scopes <list>', 'comma separated; all when left out')
    .option('--expires <instant>', 'such as 2027-01-01T00:00:00Z')
    .action(async (name: string, options: { scopes?: string; expires?: string }) => {
      const client = await connectAsPerson();
      const body = { name, scopes: scopesFrom(options.scopes), expires_at: options.expires ?? null };
      const { key } = answer(await client.POST('/api-keys', { body }));
      console.log(key);
    });

  keys
    .command('revoke')
    .description('revoke a key')
    .argument('<id>', 'as shown by list')
    .action(async (id: string) => {
      const client = await connectAsPerson();
      answer(await client.DELETE('/api-keys/{id}', { params: { path: { id } } }));
      console.log('Revoked. It stops working within ten seconds.');
    });
}

function scopesFrom(list: string | undefined): (typeof scopes)[number][] {
  if (list === undefined) return [...scopes];
  return list.split(',').map((given) => {
    const scope = scopes.find((each) => each === given.trim());
    if (!scope) throw new CommandFailure(`There is no scope ${given}. The scopes are: ${scopes.join(', ')}`);
    return scope;
  });
}
