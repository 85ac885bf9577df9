// What a page fetched: nothing yet, a problem, or the thing; and how to fetch it again.
import { useCallback, useEffect, useState } from 'preact/hooks';

import { Problem } from '../api/client';

export interface Fetched<Thing> {
  readonly thing: Thing | undefined;
  readonly problem: Problem | undefined;
  readonly again: () => void;
  readonly set: (thing: Thing) => void;
}

export function useFetched<Thing>(fetch: () => Promise<Thing>, on: readonly unknown[]): Fetched<Thing> {
  const [state, set_state] = useState<{ thing?: Thing; problem?: Problem }>({});
  const [round, set_round] = useState(0);
  useEffect(() => {
    let meant = true;
    set_state({});
    fetch().then(
      (thing) => meant && set_state({ thing }),
      (error: unknown) => meant && set_state({ problem: error instanceof Problem ? error : new Problem(0, '') }),
    );
    return () => {
      meant = false;
    };
  }, [...on, round]);
  const again = useCallback(() => set_round((before) => before + 1), []);
  const set = useCallback((thing: Thing) => set_state({ thing }), []);
  return { thing: state.thing, problem: state.problem, again, set };
}
