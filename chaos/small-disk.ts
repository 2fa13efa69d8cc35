import { execFile } from 'node:child_process';
import { chown, mkdtemp, open, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A file system of its own and of few megabytes: a file that is mounted, or memory where that is not allowed. */
export class SmallDisk {
  readonly folder: string;
  readonly #image: string;

  private constructor(folder: string, image: string) {
    this.folder = folder;
    this.#image = image;
  }

  static async mayMount(): Promise<boolean> {
    const disk = await SmallDisk.mount(4, tmpdir());
    await disk?.unmount();
    return disk !== null;
  }

  /** Its folder belongs to whom `like` belongs. Null where nothing may be mounted. */
  static async mount(megabytes: number, like: string): Promise<SmallDisk | null> {
    const base = await mkdtemp(join(tmpdir(), 'halyard-disk-'));
    const { uid, gid } = await stat(like);
    const disk = new SmallDisk(join(base, 'mnt'), join(base, 'image'));
    try {
      await run('mkdir', [disk.folder]);
      await disk.#mount(megabytes);
      await run('chmod', ['755', base]);
      await chown(disk.folder, uid, gid);
      return disk;
    } catch {
      await rm(base, { recursive: true, force: true });
      return null;
    }
  }

  /** Moves a folder here; where it was, a link leads to it. */
  async takeIn(folder: string): Promise<void> {
    await run('cp', ['--archive', folder, this.takenIn]);
    await run('rm', ['--recursive', folder]);
    await run('ln', ['--symbolic', this.takenIn, folder]);
  }

  /** Moves it back to where the link is. */
  async giveBack(folder: string): Promise<void> {
    await run('rm', [folder]);
    await run('cp', ['--archive', this.takenIn, folder]);
  }

  /** Where a folder is that was moved here. */
  get takenIn(): string {
    return join(this.folder, 'taken-in');
  }

  /** Leaves no byte free. */
  async fill(): Promise<void> {
    const file = await open(this.#filler, 'a');
    try {
      for (const size of [1_048_576, 4_096]) await fillWith(file, Buffer.alloc(size, 'x'));
    } finally {
      await file.close();
    }
  }

  async free(): Promise<void> {
    await rm(this.#filler, { force: true });
  }

  get #filler(): string {
    return join(this.folder, 'filler');
  }

  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.folder]);
    await rm(join(this.folder, '..'), { recursive: true, force: true });
  }

  async #mount(megabytes: number): Promise<void> {
    try {
      await run('truncate', ['--size', `${megabytes}M`, this.#image]);
      await run('mkfs.ext4', ['-q', '-m', '0', this.#image]);
      await run('mount', ['-o', 'loop', this.#image, this.folder]);
    } catch {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', this.folder]);
    }
  }
}

async function fillWith(file: Awaited<ReturnType<typeof open>>, bytes: Buffer): Promise<void> {
  try {
    for (;;) await file.write(bytes);
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOSPC') throw error;
  }
}
