// What a page fetched: nothing yet, a problem, or the thing; and how to fetch it again.
//
// Some things are fetched anew when the server tells that they changed, or every minute where it cannot, while somebody looks.
// What was there stays until the new is; when it does not come, the page says how old it is and does not pass it off as now.
// What was fetched for another question than the one of now is nothing yet, from the very moment that the question is another.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { Problem } from '../api/client';
import { type Concerns, hears, when_news } from './news';

export interface Fetched<Thing> {
  readonly thing: Thing | undefined;
  readonly problem: Problem | undefined;
  readonly old_since: number; // seconds since 1970 when it was fetched and could not be fetched anew; 0 = it is of now
  readonly again: () => void;
  readonly anew: () => void; // the same, and what is there stays meanwhile
  readonly set: (thing: Thing) => void;
}

interface State<Thing> {
  readonly of: readonly unknown[]; // the question
  readonly thing?: Thing;
  readonly problem?: Problem;
  readonly at?: number;
  readonly old_since?: number;
}

const every_ms = 60_000;
const now = (): number => Date.now() / 1000;
const problem_of = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, ''));
const are_same = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((part, i) => Object.is(part, other[i]));

/// Calls `act` when the server tells of something that it concerns; every minute while the page is looked at and nothing can
/// be heard; and when it is looked at again.
function useNews(act: () => void, concerns: Concerns | undefined): void {
  const meant = useRef(concerns);
  meant.current = concerns;
  const on = concerns !== undefined;
  useEffect(() => {
    if (!on) {
      return undefined;
    }
    const look = (): void => {
      if (document.visibilityState === 'visible' && !hears.peek()) {
        act();
      }
    };
    const timer = setInterval(look, every_ms);
    document.addEventListener('visibilitychange', look);
    const deaf = when_news((news) => {
      if (meant.current?.(news) === true) {
        act();
      }
    });
    return () => {
      deaf();
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [act, on]);
}

export function useFetched<Thing>(fetch: () => Promise<Thing>, on: readonly unknown[], concerns?: Concerns): Fetched<Thing> {
  const [round, set_round] = useState(0);
  const question = [...on, round];
  const [kept, set_kept] = useState<State<Thing>>({ of: [] });
  const latest = useRef(0); // only the answer to what was asked last counts
  const ask = useCallback((failed: (error: unknown) => void): void => {
    const mine = ++latest.current;
    fetch().then(
      (thing) => mine === latest.current && set_kept({ of: question, thing, at: now() }),
      (error: unknown) => mine === latest.current && failed(error),
    );
  }, question);
  useEffect(() => {
    ask((error) => set_kept({ of: question, problem: problem_of(error) }));
    return () => {
      ++latest.current;
    };
  }, [ask]);
  const anew = useCallback(() => {
    ask(() => set_kept((before) => ({ ...before, old_since: before.at ?? now() })));
  }, [ask]);
  const state = are_same(kept.of, question) ? kept : { of: question };
  useNews(anew, state.thing === undefined ? undefined : concerns);
  const again = useCallback(() => set_round((before) => before + 1), []);
  const set = useCallback((thing: Thing) => set_kept({ of: question, thing, at: now() }), question);
  return { thing: state.thing, problem: state.problem, old_since: state.old_since ?? 0, again, anew, set };
}
