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
export const everySecond = { rule: { interval: [{ field: 'seconds', secondsInterval: 1 }] } };
