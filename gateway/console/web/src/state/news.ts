// What changes on the server while somebody looks, heard as it happens; where nothing can be heard, pages ask every minute.
//
// One stream for a page that is looked at, and none for one in the background: a browser has six connections to a server, and
// a server a bounded number of listeners. Who comes back goes on behind the last event, or is told to fetch everything anew.
// An event says that something changed, never what: a page fetches that by the way that it always does.
import { effect, signal } from '@preact/signals';

import { Problem, api } from '../api/client';
import { EventReader, type ServerEvent } from '../api/events';
import { close_login, look_who, me, program } from './login';
import { may } from './rights';

export interface News {
  readonly cases: readonly string[]; // ids of those that somebody else changed
  readonly list: boolean; // some case changed
  readonly alerts: boolean;
  readonly everything: boolean; // more changed than is told
  readonly login: boolean; // somebody logged in with one's own name, elsewhere
  readonly call: string; // one's own talk with a caller is over: what it is called; "" = none is
}
export type Concerns = (news: News) => boolean;

/// Whether news come by themselves now.
export const hears = signal(false);
/// Somebody logged in with this name, somewhere else, and whoever looks has not said that it was them.
export const login_elsewhere = signal(false);

const everything: News = { cases: [], list: true, alerts: true, everything: true, login: false, call: '' };
const hearers = new Set<(news: News) => void>();
const rest_ms = 5_000;
const longest_rest_ms = 60_000;
const silence_ms = 40_000; // a sign of life comes every 15 seconds

export function when_news(act: (news: News) => void): () => void {
  hearers.add(act);
  return () => hearers.delete(act);
}

function tell(news: News): void {
  login_elsewhere.value = login_elsewhere.peek() || news.login;
  for (const hear of [...hearers]) {
    hear(news);
  }
}

function news_in(data: string): News {
  try {
    const { cases = [], list = false, alerts = false, login = false, call = '' } = JSON.parse(data) as Partial<News>;
    return { cases, list, alerts, everything: false, login, call };
  } catch {
    return everything;
  }
}

class Listening {
  readonly stop = new AbortController();
  #last = '';
  #missed = false; // something may have changed that no stream told
  #over = false;
  readonly #program: string;

  constructor(name: string, last: string) {
    this.#program = name;
    this.#last = last;
  }

  get last(): string {
    return this.#last;
  }

  /// Until it is stopped or the login is over: after a stream that broke comes another, later each time that none begins.
  async run(): Promise<void> {
    for (let rest = rest_ms; !this.stop.signal.aborted && !this.#over; rest = Math.min(2 * rest, longest_rest_ms)) {
      const begun = await this.#hear().catch((error: unknown) => {
        rest = error instanceof Problem && error.status !== 0 ? longest_rest_ms : rest;
        return false;
      });
      rest = begun ? rest_ms : rest;
      this.#missed = true;
      if (!this.stop.signal.aborted && !this.#over) {
        hears.value = false;
        await new Promise((done) => setTimeout(done, rest));
      }
    }
  }

  async #hear(): Promise<boolean> {
    const once = new AbortController(); // this stream alone
    const end = (): void => once.abort();
    this.stop.signal.addEventListener('abort', end);
    let begun = false;
    let timer = setTimeout(end, silence_ms);
    try {
      const reader = (await api.events(this.#program, this.#last, once)).getReader();
      const events = new EventReader((event) => this.#take(event));
      for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
        begun = true;
        clearTimeout(timer);
        timer = setTimeout(end, silence_ms);
        events.feed(piece.value);
      }
    } catch (error) {
      if (error instanceof Problem) {
        throw error;
      } // else it broke, which says nothing
    } finally {
      clearTimeout(timer);
      this.stop.signal.removeEventListener('abort', end);
      once.abort();
    }
    return begun;
  }

  #take(event: ServerEvent): void {
    if (this.stop.signal.aborted) {
      return;
    }
    if (event.name === 'ready') {
      hears.value = true;
      if (this.#missed && this.#last === '') {
        tell(everything);
      }
    } else if (event.name === 'changed') {
      tell(news_in(event.data));
    } else if (event.name === 'reload') {
      tell(everything);
    } else if (event.name === 'over') {
      this.#over = true;
      hears.value = false;
      void look_again();
    }
    this.#last = event.id === '' ? this.#last : event.id;
  }
}

/// The login is over, or its roles are others.
async function look_again(): Promise<void> {
  await look_who().catch(() => {});
  if (me.value === null) {
    close_login('ended');
  }
}

/// Once, when the page begins: listens while somebody is logged in and looks.
export function watch_news(): void {
  const looked_at = signal(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', () => {
    looked_at.value = document.visibilityState === 'visible';
  });
  const reached = new Map<string, string>(); // by program, of this login: the last event
  effect(() => {
    if (me.value == null) {
      reached.clear();
      login_elsewhere.value = false;
    }
    const name = program.value;
    if (!looked_at.value || me.value == null || !may('see_cases')) {
      return undefined;
    }
    const listening = new Listening(name, reached.get(name) ?? '');
    void listening.run();
    return () => {
      reached.set(name, listening.last);
      listening.stop.abort();
      hears.value = false;
    };
  });
}
