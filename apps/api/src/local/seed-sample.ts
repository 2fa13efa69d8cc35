import type { Access, Home } from './home.js';
import type { Progress } from './progress.js';

/** Makes the sample organization through the API, once. */
export async function seedSample(home: Home, _url: string, _progress: Progress): Promise<Access | null> {
  return home.access();
}
