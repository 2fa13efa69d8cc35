import { beginningOf, commandOf, parentOf } from './process-facts.js';

/**
 * Calls `gone` when the npx that started us has ended: it does not hand a SIGTERM on, and whoever ended it means us.
 * Does nothing when we were started in another way.
 */
export function watchLauncher(gone: () => void): void {
  const launcher = findLauncher();
  if (!launcher) return;
  const timer = setInterval(() => {
    if (beginningOf(launcher.pid) === launcher.began) return;
    clearInterval(timer);
    gone();
  }, 500);
  timer.unref();
}

function findLauncher(): { pid: number; began: string } | null {
  // npx, pnpm, a shell, us: further up are strangers.
  for (let pid = process.ppid, height = 0; pid > 1 && height < 4; pid = parentOf(pid), height++)
    if (/^(npm exec|npx) |bin\/npx(-cli\.js)? /.test(commandOf(pid))) return { pid, began: beginningOf(pid) };
  return null;
}
