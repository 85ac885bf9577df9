// What time will delete of a case, and when; and a hold, which keeps it from that. Its worker can delete it all the same.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { KeptFor, TimeAhead as Ahead, WholeCase } from '../api/types';
import { clock_date, t } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { may } from '../state/rights';
import { Loaded } from './parts';
import { Refusal } from './refusal';

const a_day = 86_400;

/// Deleted by the day's run, so that a day is as near as anybody can say.
function words_of(one: KeptFor, of: Ahead): string {
  if (one.kept_seconds === null) {
    return t('time_for_ever');
  }
  if (one.over !== null) {
    return one.over * 1000 <= Date.now() ? t('time_next_run') : t('time_on', { when: clock_date(one.over) });
  }
  return t(of.held ? 'time_held' : 'time_after', { count: Math.round(one.kept_seconds / a_day) });
}

const Kinds = (props: { of: Ahead }) => (
  <dl class="facts">
    {(['recordings', 'relay', 'content'] as const).map((kind) => [
      <dt key={`${kind} name`}>{t(`time_${kind}`)}</dt>,
      <dd key={kind}>{words_of(props.of[kind], props.of)}</dd>,
    ])}
  </dl>
);

function Holding(props: { of: WholeCase; held: boolean; set: (held: boolean) => void }) {
  const { of, held } = props;
  const acting = useActing();
  const turn = async (): Promise<void> => {
    const done = await api.hold(of.program, of.id, !held, fresh_key());
    props.set(done.held);
  };
  return (
    <>
      <p>{t(held ? 'held_words' : 'hold_explain')}</p>
      <Refusal of={acting.problem} />
      <button type="button" aria-disabled={acting.busy} onClick={() => void acting.run(turn)}>
        {t(held ? 'release_it' : 'hold_it')}
      </button>
    </>
  );
}

function Open(props: { of: WholeCase; changed: (of: WholeCase) => void }) {
  const { of } = props;
  const ahead = useFetched(() => api.time(of.program, of.id), [of.program, of.id, of.status]);
  const set = (held: boolean): void => {
    props.changed({ ...of, held });
    ahead.anew();
  };
  return (
    <Loaded of={ahead}>
      {(found) => (
        <>
          <p>{found.closed === null ? t('time_open') : t('time_since', { when: clock_date(found.closed) })}</p>
          <Kinds of={found} />
          {may('hold_case') ? <Holding of={of} held={found.held} set={set} /> : found.held && <p>{t('held_words')}</p>}
        </>
      )}
    </Loaded>
  );
}

export function TimeAhead(props: { of: WholeCase; changed: (of: WholeCase) => void }) {
  const [is_open, open] = useState(false);
  return (
    <details class="time-ahead" onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{t('time_ahead')}</summary>
      {is_open && <Open of={props.of} changed={props.changed} />}
    </details>
  );
}
