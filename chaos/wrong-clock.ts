/**
 * For `node --import`: this process's clock is CHAOS_CLOCK_AHEAD_MS off, as that of a machine nobody looks after. What
 * counts the time elapsed is right, as it is there.
 */
const aheadMs = Number(process.env.CHAOS_CLOCK_AHEAD_MS ?? 0);
const RightDate = Date;

globalThis.Date = new Proxy(RightDate, {
  construct: (target, given, made) =>
    given.length ? Reflect.construct(target, given, made) : new target(target.now() + aheadMs),
  get: (target, name, receiver) =>
    name === 'now' ? () => target.now() + aheadMs : Reflect.get(target, name, receiver),
});
