import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { StartFailure } from '../start-failure.js';
import { beginningOf } from './process-facts.js';

interface Holder {
  pid: number;
  /** When that process began: the number alone may belong to another program by now. */
  began: string;
}

/** Makes this process the only one on a folder that runs `what`; returns how to give that up. The lock of a killed process does not count. */
export function lockFolder(file: string, what = 'Halyard'): () => void {
  const me: Holder = { pid: process.pid, began: beginningOf(process.pid) };
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(me), { flag: 'wx', mode: 0o600 });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = readHolder(file);
      if (holder && beginningOf(holder.pid) === holder.began)
        throw new StartFailure(
          `${what} is already running on this folder (process ${holder.pid}). Stop it first, or choose another folder with HALYARD_HOME.`,
        );
      rmSync(file, { force: true });
    }
  }
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}
