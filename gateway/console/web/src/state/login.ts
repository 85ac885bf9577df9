// Who is logged in, and how that ends: by choice, by the server, by ten minutes without a touch, or at once (quick exit).
import { computed, signal } from '@preact/signals';

import { api, on_logged_out, Problem, silent_for } from '../api/client';
import type { Me } from '../api/types';

export type Ending = 'none' | 'idle' | 'ended' | 'changed';

export const me = signal<Me | null | undefined>(undefined); // undefined: not asked yet
export const ending = signal<Ending>('none');
const chosen_program = signal('');

export const programs = computed(() => Object.keys(me.value?.roles ?? {}).sort());
export const program = computed(() =>
  programs.value.includes(chosen_program.value) ? chosen_program.value : (programs.value[0] ?? ''),
);
export const choose_program = (name: string): void => {
  chosen_program.value = name;
};

const idle_ms = 10 * 60 * 1000;
const tell_ms = 5 * 60 * 1000; // who writes for long asks the server for nothing, and is there all the same
const closers = new Set<() => void>();

/// Something that holds what was opened, and lets go of it when the login ends.
export function when_closing(act: () => void): () => void {
  closers.add(act);
  return () => closers.delete(act);
}

/// The login is over already: what was opened goes with it.
export const close_login = (why: Ending): void => close_all(why);

function close_all(why: Ending): void {
  for (const close of closers) {
    close();
  }
  ending.value = why;
  me.value = null;
}

export async function look_who(): Promise<void> {
  try {
    me.value = await api.who();
  } catch (error) {
    me.value = null;
    if (error instanceof Problem && error.status === 0) {
      throw error;
    }
  }
}

export async function log_in(name: string, password: string, code: string): Promise<void> {
  me.value = await api.log_in({ name, password, code });
  ending.value = 'none';
}

export async function log_out(why: Ending = 'none'): Promise<void> {
  close_all(why);
  try {
    await api.log_out();
  } catch {
    // The server ends it by itself after twenty minutes; nothing is left here meanwhile.
  }
}

/// Away from here, now: the page is gone before the server has answered, and "back" does not bring it again.
export function quick_exit(): void {
  for (const close of closers) {
    close();
  }
  document.body.replaceChildren();
  document.title = '';
  void api.log_out().catch(() => {});
  location.replace('about:blank');
}

/// Ends the login after ten minutes in which nobody touched anything; a laptop that slept counts.
export function watch_idleness(now: () => number = Date.now): void {
  let touched = now();
  const is_over = (): boolean => me.value != null && now() - touched > idle_ms;
  const end_if_over = (): boolean => {
    if (is_over()) {
      void log_out('idle');
      return true;
    }
    return false;
  };
  for (const kind of ['pointerdown', 'keydown', 'scroll', 'touchstart']) {
    const touch = (): void => {
      if (end_if_over()) {
        return;
      }
      touched = now();
      if (me.value != null && silent_for(touched) > tell_ms) {
        api.who().catch(() => {}); // else the server would end the login under their hands
      }
    };
    addEventListener(kind, touch, { passive: true, capture: true });
  }
  addEventListener('visibilitychange', end_if_over);
  setInterval(end_if_over, 5_000);
}

/// A page that the browser keeps to come back to must not hold what was opened, nor show it when it comes back.
export function watch_leaving(): void {
  addEventListener('pagehide', () => {
    for (const close of closers) {
      close();
    }
  });
  window.addEventListener('pageshow', (event: PageTransitionEvent) => {
    if (event.persisted) {
      location.reload();
    }
  });
}

export function watch_escape(): void {
  let last = -Infinity;
  document.addEventListener('keydown', (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.repeat) {
      return;
    }
    if (event.timeStamp - last < 1000) {
      quick_exit();
    }
    last = event.timeStamp;
  });
}

on_logged_out(() => close_all('ended'));
