import { bring, n8nCall } from './stage.ts';

/** Parameters of a node `Settings` that a person fills in. */
export const settings = (values: Record<string, string | number>): object => ({
  assignments: {
    assignments: Object.entries(values).map(([name, value], n) => ({
      id: `f${n + 1}`,
      name,
      value,
      type: typeof value,
    })),
  },
});

/** Of a schedule that a test cannot wait for. */
export const everyTwoSeconds = { rule: { interval: [{ field: 'seconds', secondsInterval: 2 }] } };

/** The workflows that a file of tests brings, to be switched off at its end: the next file has the same n8n. */
export class Brought {
  readonly #ids: string[] = [];

  readonly bring = async (...given: Parameters<typeof bring>): Promise<string> => {
    const id = await bring(...given);
    this.#ids.push(id);
    return id;
  };

  async switchOff(): Promise<void> {
    for (const id of this.#ids.splice(0)) await n8nCall('POST', `/workflows/${id}/deactivate`);
  }
}
