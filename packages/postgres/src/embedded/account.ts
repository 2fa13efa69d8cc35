import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Who PostgreSQL runs as when we are root, which it refuses to be. */
export interface Account {
  uid: number;
  gid: number;
}

/** Null when this process is not root: then the server runs as we do. */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
  const there = lookUp('postgres');
  if (there) return there;
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres']);
  const made = lookUp('postgres') ?? lookUp('nobody');
  if (!made)
    throw new Error('PostgreSQL does not run as root, and this machine has no user postgres or nobody.');
  return made;
}

function lookUp(name: string): Account | null {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : null;
}

/** Whether the account gets through to all of these paths and may read them. The kernel is asked, as modes are not all it looks at. */
export function canRead(account: Account, paths: string[]): boolean {
  return paths.every((path) => {
    const { status } = spawnSync('test', ['-r', path], { uid: account.uid, gid: account.gid, cwd: '/' });
    return status === 0;
  });
}
