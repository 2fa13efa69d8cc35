const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

/** Shows what is being done: a line that moves in a terminal, two plain lines elsewhere. */
export class Progress {
  constructor(private readonly out: NodeJS.WriteStream) {}

  async step<T>(doing: string, work: () => Promise<T>): Promise<T> {
    const began = performance.now();
    const stop = this.#show(doing);
    try {
      const result = await work();
      stop(`✓ ${doing} (${((performance.now() - began) / 1000).toFixed(1)} s)`);
      return result;
    } catch (error) {
      stop(`✗ ${doing}`);
      throw error;
    }
  }

  say(text: string): void {
    this.out.write(`${text}\n`);
  }

  #show(doing: string): (last: string) => void {
    if (!this.out.isTTY) {
      this.out.write(`… ${doing}\n`);
      return (last) => this.out.write(`${last}\n`);
    }
    let n = 0;
    const draw = () => this.out.write(`\r\x1b[K${frames[n++ % frames.length]} ${doing}`);
    draw();
    const timer = setInterval(draw, 100);
    return (last) => {
      clearInterval(timer);
      this.out.write(`\r\x1b[K${last}\n`);
    };
  }
}
