// What a page fetched: nothing yet, a problem, or the thing; and how to fetch it again.
//
// Some things are fetched anew every minute while somebody looks. What was there stays until the new is; when it does not
// come, the page says how old it is and does not pass it off as now.
import { useCallback, useEffect, useState } from 'preact/hooks';

import { Problem } from '../api/client';

export interface Fetched<Thing> {
  readonly thing: Thing | undefined;
  readonly problem: Problem | undefined;
  readonly old_since: number; // seconds since 1970 when it was fetched and could not be fetched anew; 0 = it is of now
  readonly again: () => void;
  readonly set: (thing: Thing) => void;
}

interface State<Thing> {
  readonly thing?: Thing;
  readonly problem?: Problem;
  readonly at?: number;
  readonly old_since?: number;
}

const every_ms = 60_000;
const now = (): number => Date.now() / 1000;
const problem_of = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, ''));

/// Calls `act` every minute while the page is looked at, and when it is looked at again.
function useMinutes(act: () => void, on: boolean): void {
  useEffect(() => {
    const look = (): void => {
      if (document.visibilityState === 'visible') {
        act();
      }
    };
    if (!on) {
      return undefined;
    }
    const timer = setInterval(look, every_ms);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [act, on]);
}

export function useFetched<Thing>(fetch: () => Promise<Thing>, on: readonly unknown[], lively = false): Fetched<Thing> {
  const [state, set_state] = useState<State<Thing>>({});
  const [round, set_round] = useState(0);
  useEffect(() => {
    let meant = true;
    set_state({});
    fetch().then(
      (thing) => meant && set_state({ thing, at: now() }),
      (error: unknown) => meant && set_state({ problem: problem_of(error) }),
    );
    return () => {
      meant = false;
    };
  }, [...on, round]);
  const anew = useCallback(() => {
    fetch().then(
      (thing) => set_state({ thing, at: now() }),
      () => set_state((before) => ({ ...before, old_since: before.at ?? now() })),
    );
  }, [...on]);
  useMinutes(anew, lively && state.thing !== undefined);
  const again = useCallback(() => set_round((before) => before + 1), []);
  const set = useCallback((thing: Thing) => set_state({ thing, at: now() }), []);
  return { thing: state.thing, problem: state.problem, old_since: state.old_since ?? 0, again, set };
}
