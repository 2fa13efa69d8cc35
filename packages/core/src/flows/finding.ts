/** What is wrong with a step, and where in it. */
export type Finding = readonly [path: string, message: string];
