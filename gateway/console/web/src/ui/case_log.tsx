// What was done to a case, by whom and when, as the audit has it.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { LogEntry, WholeCase } from '../api/types';
import { t } from '../i18n';
import { useFetched } from '../state/fetched';
import { words_of } from '../words/log';
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
