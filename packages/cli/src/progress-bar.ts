const width = 30;

/** A bar that grows in a terminal; elsewhere nothing is drawn. `done` is 0 to 1. */
export class ProgressBar {
  constructor(private readonly out: NodeJS.WriteStream = process.stderr) {}

  show(label: string, done: number, note = ''): void {
    if (!this.out.isTTY) return;
    const filled = Math.round(Math.min(1, Math.max(0, done)) * width);
    const bar = '█'.repeat(filled) + '░'.repeat(width - filled);
    this.out.write(`\r\x1b[K${label} ${bar} ${Math.floor(done * 100)} % ${note}`);
  }

  clear(): void {
    if (this.out.isTTY) this.out.write('\r\x1b[K');
  }
}
