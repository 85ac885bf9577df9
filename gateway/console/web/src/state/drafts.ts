// What somebody has written and not sent yet: kept while the page lives, in memory alone, and gone when the login ends.
//
// Must never: reach a storage of the browser. Leaving the page asks first, but for quick exit, which has let go of it before.
import { when_closing } from './login';

const drafts = new Map<string, string>();

export const draft = (place: string): string => drafts.get(place) ?? '';

export function keep_draft(place: string, text: string): void {
  if (text.trim() === '') {
    drafts.delete(place);
  } else {
    drafts.set(place, text);
  }
}

/// Somebody is writing, somewhere.
export const is_anything_written = (): boolean => drafts.size > 0;

/// Of every place that begins so.
export function forget(beginning: string): void {
  for (const place of [...drafts.keys()].filter((one) => one.startsWith(beginning))) {
    drafts.delete(place);
  }
}

when_closing(() => drafts.clear());
addEventListener('beforeunload', (event) => {
  if (drafts.size > 0) {
    event.preventDefault();
  }
});
