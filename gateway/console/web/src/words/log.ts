// What an entry of the audit says, in the reader's language: on the page of a case, and in the log of a whole program.
import type { LogEntry } from '../api/types';
import { t, word } from '../i18n';
import { type Key, en } from '../i18n/en';

/// Acts that are a worker's own, or somebody's of the team in their name.
const in_their_name = new Set(['consent_withdrawn', 'contact_changed', 'raised']);

/// Entries that say more by their reason, or by how: each has a sentence of its own.
const by_reason = new Set(['call_back_over', 'check_in_answered', 'ping_held', 'recording_put_aside', 'reminded']);

/// The catalogue's name of its sentence.
export function sentence_of({ what, who = '', to = '', how = '', why = '' }: LogEntry): string {
  if (what === 'assigned' && to === '') {
    return 'log_unassigned';
  }
  if (what === 'filed' && how === 'operator') {
    return why === 'call' ? 'log_filed_in_call' : 'log_filed_for_worker';
  }
  if (what === 'check_in_asked') {
    return how === 'text' ? 'log_check_in_asked_by_text' : 'log_check_in_asked';
  }
  if (what === 'task_set' && who === '') {
    return 'log_task_set_by_server';
  }
  if (by_reason.has(what) && `log_${what}_${why}` in en) {
    return `log_${what}_${why}`;
  }
  return in_their_name.has(what) && who !== '' && who !== 'worker' ? `log_${what}_by_team` : `log_${what}`;
}

export function words_of(entry: LogEntry & { readonly whom?: string }): string {
  const key = sentence_of(entry);
  if (!(key in en)) {
    return word('', entry.what); // a newer server's
  }
  const { what, who = '', to = '', why = '', how = '' } = entry;
  const name = who === '' ? t('somebody') : who;
  return t(key as Key, { name, to: what === 'status_changed' ? word('status_', to) : to, why: word(what === 'recording_put_aside' ? 'aside_' : 'consent_', why), how: word('by_', how) });
}
