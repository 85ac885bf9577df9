// What was done to a case, by whom and when, as the audit has it.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { LogEntry, WholeCase } from '../api/types';
import { t, word } from '../i18n';
import { type Key, en } from '../i18n/en';
import { useFetched } from '../state/fetched';
import { Loaded, Time } from './parts';

const most_pages = 100;

async function whole_log(program: string, id: string): Promise<readonly LogEntry[]> {
  const all: LogEntry[] = [];
  let from = '';
  for (let page = 0; page < most_pages; ++page) {
    const { entries, next } = await api.log(program, id, from);
    all.push(...entries);
    if (next === '') {
      break;
    }
    from = next;
  }
  return all;
}

/// Acts that are a worker's own, or somebody's of the team in their name.
const in_their_name = new Set(['consent_withdrawn', 'contact_changed', 'raised']);

/// Entries that say more by their reason, or by how: each has a sentence of its own.
const by_reason = new Set(['check_in_answered', 'ping_held', 'recording_put_aside', 'reminded']);

/// The catalogue's name of its sentence.
export function sentence_of({ what, who = '', to = '', how = '', why = '' }: LogEntry): string {
  if (what === 'assigned' && to === '') {
    return 'log_unassigned';
  }
  if (what === 'filed' && how === 'operator') {
    return 'log_filed_for_worker';
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

function words_of(entry: LogEntry): string {
  const key = sentence_of(entry);
  if (!(key in en)) {
    return word('', entry.what); // a newer server's
  }
  const { what, who = '', to = '', why = '', how = '' } = entry;
  const name = who === '' ? t('somebody') : who;
  return t(key as Key, { name, to: what === 'status_changed' ? word('status_', to) : to, why: word(what === 'recording_put_aside' ? 'aside_' : 'consent_', why), how: word('by_', how) });
}

function Open(props: { of: WholeCase }) {
  const { program, id } = props.of;
  const log = useFetched(() => whole_log(program, id), [program, id]);
  return (
    <Loaded of={log}>
      {(entries) => (
        <ol>
          {entries.map((one, i) => (
            <li key={i}>
              <Time at={one.at} /> <span dir="auto">{words_of(one)}</span>
            </li>
          ))}
        </ol>
      )}
    </Loaded>
  );
}

export function CaseLog(props: { of: WholeCase }) {
  const [is_open, open] = useState(false);
  return (
    <details class="log" onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{t('case_log')}</summary>
      {is_open && <Open of={props.of} />}
    </details>
  );
}
