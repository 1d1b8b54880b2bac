type Waiting<Q, A> = { readonly question: Q; readonly answer: PromiseWithResolvers<A> };

/** Collects the questions asked until `pause` ends and has them answered together, in their order; an error is everybody's. */
export function coalesced<Q, A>(
  answerAll: (questions: readonly Q[]) => Promise<readonly A[]>,
  pause: () => Promise<void>,
): (question: Q) => Promise<A> {
  let waiting: Waiting<Q, A>[] | undefined;

  async function flush(group: readonly Waiting<Q, A>[]): Promise<void> {
    try {
      await pause();
      waiting = undefined;
      const answers = await answerAll(group.map(({ question }) => question));
      group.forEach(({ answer }, index) => {
        answer.resolve(answers[index] as A);
      });
    } catch (error) {
      for (const { answer } of group) answer.reject(error);
    }
  }

  return (question) => {
    const answer = Promise.withResolvers<A>();
    if (waiting) waiting.push({ question, answer });
    else {
      waiting = [{ question, answer }];
      void flush(waiting);
    }
    return answer.promise;
  };
}
