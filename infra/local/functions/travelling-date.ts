/**
 * A `Date` that is ahead of the machine's by an offset, asked for at every look, in ms. Everything else about it is
 * as before: dates made from a value, `instanceof`, subclasses.
 */
export const travellingDate = (machine: DateConstructor, offset: () => number): DateConstructor => {
  const now = () => machine.now() + offset();
  const date = new Proxy(machine, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new machine(now()).toString(),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  machine.prototype.constructor = date;
  return date;
};
