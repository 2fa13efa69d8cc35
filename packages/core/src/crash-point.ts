import type { CrashPoint } from './crash-points.js';

/**
 * A place where the crash suite kills the process. Here it does nothing: the import `#crash-point` means this file, an
 * empty function that V8 inlines to nothing, unless node runs with `--conditions=chaos`; then it means
 * testing/crash-point.ts, which no build contains. So no flag or variable of production can make a process die here, and
 * the sources need no build step that would make what is tested differ from what runs.
 */
export function crashPoint(_name: CrashPoint): void {}
