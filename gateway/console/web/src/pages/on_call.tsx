// The roster, asked the one question that matters at night: who would be called?
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { RosterNow, Urgency } from '../api/types';
import { length, t, word } from '../i18n';
import { useFetched } from '../state/fetched';
import { program } from '../state/login';
import { Heading, Loaded } from '../ui/parts';

const urgencies: readonly Urgency[] = ['P1', 'P2', 'P3'];

interface Question {
  readonly urgency: Urgency;
  readonly at: string;
}

function Asking(props: { question: Question; ask: (question: Question) => void }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    props.ask({ urgency: String(form.get('urgency')) as Urgency, at: String(form.get('at') ?? '') });
  };
  return (
    <form onSubmit={submit}>
      <label>
        {t('roster_urgency')}
        <select name="urgency" defaultValue={props.question.urgency}>
          {urgencies.map((one) => (
            <option key={one} value={one} selected={one === props.question.urgency}>
              {word('urgency_', one)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('roster_at')}
        <input name="at" type="datetime-local" aria-describedby="at-hint" />
      </label>
      <p id="at-hint" class="small">
        {t('roster_at_hint')}
      </p>
      <button type="submit">{t('roster_ask')}</button>
    </form>
  );
}

const Steps = (props: { now: RosterNow }) => (
  <section aria-live="polite">
    <p>
      <bdi>{props.now.at}</bdi>
    </p>
    {props.now.steps.length === 0 && <p class="note note-bad">{t('nobody_is_told')}</p>}
    <ol class="steps">
      {props.now.steps.map((step, i) => (
        <li key={i}>
          <h2>
            {step.after_seconds === 0 ? t('roster_at_once') : t('roster_after', { length: length(step.after_seconds) })}
          </h2>
          <ul>
            {step.tell.map((one) => (
              <li key={one.person}>
                <bdi>{one.person}</bdi> ({one.by.map((by) => word('by_', by)).join(', ')}){' '}
                <span class={one.on_duty ? 'duty' : 'duty duty-off'}>{one.on_duty ? t('on_duty') : t('off_duty')}</span>
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
    <p>
      {props.now.again_seconds === null
        ? t('roster_no_more')
        : t('roster_again', { length: length(props.now.again_seconds) })}
    </p>
    {props.now.callers === 'nobody' && <p class="note">{t('roster_no_callers')}</p>}
    {props.now.nobody_on_duty !== '' && (
      <p class="note">
        {t('roster_gaps')} <bdi>{props.now.nobody_on_duty}</bdi>
      </p>
    )}
  </section>
);

export default function OnCall() {
  const name = program.value;
  const [question, ask] = useState<Question>({ urgency: 'P1', at: '' });
  const fetched = useFetched(() => api.roster_now(name, question.urgency, question.at), [name, question]);
  return (
    <>
      <Heading>{t('roster_question')}</Heading>
      <Asking question={question} ask={ask} />
      <Loaded of={fetched}>{(now) => <Steps now={now} />}</Loaded>
    </>
  );
}
