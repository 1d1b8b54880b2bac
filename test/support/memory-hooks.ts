/** What a test may do at every call of a port: throw, wait, move the clock, or call another port. */
export type Hook = (port: string, method: string) => void | Promise<void>;

/** `beforeCall` runs before a call has any effect, `afterCall` once it had and before its answer is given: an error there is a lost reply. */
export type Hooks = { beforeCall?: Hook | undefined; afterCall?: Hook | undefined };

/** The port with every method watched by the hooks that `hooks` holds at the time of the call. */
export function hooked<P extends object>(name: string, port: P, hooks: Hooks): P {
  return new Proxy(port, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver);
      if (typeof member !== "function") return member;
      if (isGenerator(member)) {
        return async function* (...args: readonly unknown[]) {
          await hooks.beforeCall?.(name, String(key));
          yield* Reflect.apply(member, target, args);
          await hooks.afterCall?.(name, String(key));
        };
      }
      return async (...args: readonly unknown[]) => {
        await hooks.beforeCall?.(name, String(key));
        const answer: unknown = await Reflect.apply(member, target, args);
        await hooks.afterCall?.(name, String(key));
        return answer;
      };
    },
  });
}

type Generator = (...args: readonly unknown[]) => AsyncGenerator;

const isGenerator = (member: object): member is Generator => member.constructor.name === "AsyncGeneratorFunction";
