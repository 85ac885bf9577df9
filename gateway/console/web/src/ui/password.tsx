// A new password of one's own: the old one and the six digits once more, after which every login is over.
import { useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import { t } from '../i18n';
import { useActing } from '../state/acting';
import { close_login } from '../state/login';
import { words_for } from './parts';

const least = 12; // characters, as the server has it

/// The server's own sentence where it has one: what was wrong of three things is not said.
function why_not(problem: unknown): string {
  const it = problem instanceof Problem ? problem : new Problem(0, '');
  if (it.retry_after > 0) {
    return t('wait_login', { seconds: it.retry_after });
  }
  return it.status === 409 ? t('password_refused') : it.status === 422 ? t('password_weak') : words_for(it);
}

const Field = (props: { name: string; label: string; autocomplete: 'current-password' | 'new-password' }) => (
  <label>
    {props.label}
    <input name={props.name} type={'password' as const} autocomplete={props.autocomplete} required />
  </label>
);

export function Password() {
  const acting = useActing();
  const [fault, refuse] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? '');
    const wrong = Array.from(field('new')).length < least ? t('password_weak') : field('new') !== field('again') ? t('password_differs') : '';
    refuse(wrong);
    if (wrong === '') {
      void acting.run(async () => {
        await api.change_password(field('old'), field('code').replace(/\s/g, ''), field('new'));
        close_login('changed');
      });
    }
  };
  const words = fault !== '' ? fault : acting.problem !== undefined ? why_not(acting.problem) : '';
  return (
    <details class="password">
      <summary>{t('password_title')}</summary>
      <form onSubmit={submit}>
        <p>{t('password_explain')}</p>
        <Field name="old" label={t('password_old')} autocomplete="current-password" />
        <label>
          {t('second_factor')}
          <input name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={16} required />
        </label>
        <Field name="new" label={t('password_new')} autocomplete="new-password" />
        <Field name="again" label={t('password_again')} autocomplete="new-password" />
        <div role="alert">{words !== '' && <p class="note note-bad">{words}</p>}</div>
        <button type="submit" class="first" aria-disabled={acting.busy}>
          {acting.busy ? t('logging_in') : t('password_set')}
        </button>
      </form>
    </details>
  );
}
