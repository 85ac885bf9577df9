// Login: name, password and the second factor on one page; password managers and pasting work.
import { useState } from 'preact/hooks';

import { Problem } from '../api/client';
import { t } from '../i18n';
import type { Key } from '../i18n/en';
import { ending, log_in } from '../state/login';
import { Heading, words_for } from '../ui/parts';
import { LanguageChoice, QuickExit } from '../ui/shell';

const last_words: Record<string, Key | undefined> = { idle: 'was_idle', ended: 'was_ended', changed: 'was_changed' };

function refusal_of(error: unknown): string {
  const problem = error instanceof Problem ? error : new Problem(0, '');
  if (problem.retry_after > 0) {
    return t('wait_login', { seconds: problem.retry_after });
  }
  return [400, 401, 403, 422].includes(problem.status) ? t('refused_login') : words_for(problem);
}

function Fields(props: { busy: boolean }) {
  const [shown, show] = useState(false);
  return (
    <>
      <label>
        {t('user_name')}
        <input name="name" autocomplete="username" autocapitalize="none" spellcheck={false} required />
      </label>
      <label>
        {t('password')}
        <input name="password" type={(shown ? 'text' : 'password') as 'password'} autocomplete="current-password" required />
      </label>
      <button type="button" class="plain" aria-pressed={shown} onClick={() => show(!shown)}>
        {shown ? t('hide_password') : t('show_password')}
      </button>
      <label>
        {t('second_factor')}
        <input name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={16} aria-describedby="code-hint" required />
      </label>
      <p id="code-hint" class="small">
        {t('second_factor_hint')}
      </p>
      <button type="submit" class="first" aria-disabled={props.busy}>
        {props.busy ? t('logging_in') : t('log_in')}
      </button>
    </>
  );
}

export function Login() {
  const [busy, set_busy] = useState(false);
  const [refused, refuse] = useState('');
  const last = last_words[ending.value];
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (busy) {
      return;
    }
    const form = new FormData(event.currentTarget as HTMLFormElement);
    const field = (name: string): string => String(form.get(name) ?? '');
    set_busy(true);
    refuse('');
    try {
      await log_in(field('name').trim(), field('password'), field('code').replace(/\s/g, ''));
    } catch (error) {
      refuse(refusal_of(error));
      set_busy(false);
    }
  };
  return (
    <>
      <header>
        <div class="bar">
          <span class="brand">{t('app_name')}</span>
          <QuickExit />
        </div>
      </header>
      <main id="content" class="narrow">
        <Heading>{t('log_in')}</Heading>
        {last !== undefined && refused === '' && (
          <p class="note" role="status">
            {t(last)}
          </p>
        )}
        <form onSubmit={(event) => void submit(event)}>
          <div role="alert">{refused !== '' && <p class="note note-bad">{refused}</p>}</div>
          <Fields busy={busy} />
        </form>
        <LanguageChoice />
      </main>
    </>
  );
}
