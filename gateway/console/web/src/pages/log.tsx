// The log of a program, for its auditor: who did what and when. No entry holds what a worker told, and no case opens from here.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { AuditEntry, AuditPage } from '../api/types';
import { clock_time, t } from '../i18n';
import { useFetched } from '../state/fetched';
import { program } from '../state/login';
import { Heading, Loaded, Time } from '../ui/parts';
import { words_of } from '../words/log';

const usual_days = 7;
const day_ms = 86_400_000;

interface Place {
  readonly day: string; // "2026-11-16"
  readonly cursor: string;
}

const usual_day = (): string => new Date(Date.now() - usual_days * day_ms).toISOString().slice(0, 10);

/// The day's beginning where the reader is, in seconds since 1970; a field that was emptied is the first day of all.
const since = (day: string): number => Math.max(0, Math.floor(new Date(`${day}T00:00`).getTime() / 1000) || 0);

/// Eight digits of the id of a report: enough to tell reports apart; the whole of it for who looks closer.
const Report = (props: { id: string }) => (
  <span title={props.id}>{t('audit_report', { id: props.id.slice(0, 8) })} </span>
);

const Line = (props: { of: AuditEntry }) => (
  <li>
    <Time at={props.of.at} /> {props.of.case !== undefined && <Report id={props.of.case} />}
    <span dir="auto">{words_of(props.of)}</span> {!props.of.sealed && <span class="small">({t('audit_unsealed')})</span>}
  </li>
);

const Head = (props: { of: AuditPage }) => {
  const { head, head_damaged } = props.of;
  if (head === null) {
    return <p class={head_damaged ? 'note note-bad' : 'note'}>{t(head_damaged ? 'audit_damaged' : 'audit_no_head')}</p>;
  }
  return (
    <div class="note">
      <p>{t('audit_head', { when: clock_time(head.sealed_at) })}</p>
      <p>
        <bdi class="fingerprint">{head.head}</bdi>
      </p>
    </div>
  );
};

function Choice(props: { day: string; choose: (day: string) => void }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    props.choose(String(new FormData(event.currentTarget as HTMLFormElement).get('since') ?? ''));
  };
  return (
    <form onSubmit={submit}>
      <label>
        {t('audit_since')}
        <input name="since" type="date" defaultValue={props.day} />
      </label>
      <button type="submit">{t('audit_show')}</button>
    </form>
  );
}

const Whole = (props: { of: AuditPage; more: () => void }) => (
  <>
    <Head of={props.of} />
    {props.of.entries.length === 0 && <p>{t('audit_none')}</p>}
    <ol class="log">
      {props.of.entries.map((one) => (
        <Line key={one.id} of={one} />
      ))}
    </ol>
    {props.of.next === '' ? (
      <p>{t('audit_end')}</p>
    ) : (
      <button type="button" onClick={props.more}>
        {t('audit_next')}
      </button>
    )}
  </>
);

export default function Log() {
  const name = program.value;
  const [place, go] = useState<Place>({ day: usual_day(), cursor: '' });
  const fetched = useFetched(() => api.audit(name, since(place.day), place.cursor), [name, place]);
  return (
    <>
      <Heading>{t('audit_title')}</Heading>
      <p>{t('audit_words')}</p>
      <Choice day={place.day} choose={(day) => go({ day, cursor: '' })} />
      <section aria-live="polite">
        <Loaded of={fetched}>{(of) => <Whole of={of} more={() => go({ day: place.day, cursor: of.next })} />}</Loaded>
      </section>
    </>
  );
}
