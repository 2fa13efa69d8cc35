/** Something that runs in the process beside HTTP and the loops. */
export interface Service {
  start(): Promise<void>;
  /** Lets what is under way end. */
  stop(): Promise<void>;
}
