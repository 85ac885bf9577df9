// A call that one is in goes on with a colleague: their phone rings, and a key there brings them into it.
//
// The caller hears nothing of it but another voice. Each press asks anew, for a colleague may not have come the first time.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { OwnCall } from '../api/types';
import { clock_time, t } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { Refusal } from './refusal';

export function HandOn(props: { program: string; call: OwnCall; colleagues: readonly string[] }) {
  const { call } = props;
  const [to, choose] = useState('');
  const [asked, note] = useState('');
  const acting = useActing();
  const hand_on = async (): Promise<void> => {
    await api.hand_on(props.program, call.call, to, fresh_key());
    note(to);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void acting.run(hand_on);
  };
  return (
    <details>
      <summary>{t('hand_on', { at: clock_time(call.at) })}</summary>
      <p>{t('hand_on_explain')}</p>
      <Refusal of={acting.problem} />
      <form onSubmit={submit}>
        <label>
          {t('hand_on_to')}
          <select name="colleague" required value={to} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">{t('choose')}</option>
            {props.colleagues.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" aria-disabled={acting.busy}>
          {acting.busy ? t('sending') : t('hand_on_ask')}
        </button>
      </form>
      <div role="status">{asked !== '' && <p class="note note-good">{t('hand_on_asked', { name: asked })}</p>}</div>
    </details>
  );
}
