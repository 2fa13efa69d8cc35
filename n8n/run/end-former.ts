import { setTimeout as pause } from 'node:timers/promises';
import { beginningOf } from '@halyard/api/local/process-facts';
import type { Kept } from './kept.ts';

/** An n8n of this folder whose parent was killed still holds its port and its database. */
export async function endFormer({ process: former }: Kept): Promise<void> {
  if (!former) return;
  const runs = () => beginningOf(former.pid) === former.began;
  if (!former.began || !runs()) return;
  process.kill(former.pid, 'SIGTERM');
  for (let looks = 0; looks < 300 && runs(); looks++) await pause(100);
}
