// What its worker has said yes to; and to take one back, when they ask a person to.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { Consent, Consents as All, WholeCase } from '../api/types';
import { t, word } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { may } from '../state/rights';
import { CallBack } from './call_back';
import { Hour, Loaded } from './parts';
import { Refusal } from './refusal';

interface One {
  readonly of: WholeCase;
  readonly one: Consent;
  readonly taken: (all: All) => void;
}

function TakingBack(props: One) {
  const { of, one, taken } = props;
  const [asked, ask] = useState(false);
  const acting = useActing();
  const [key] = useState(fresh_key);
  const withdraw = async (): Promise<void> => taken(await api.withdraw(of.program, of.id, one.purpose, key));
  if (!asked) {
    return (
      <button type="button" onClick={() => ask(true)}>
        {t('withdraw')} <bdi>{word('consent_', one.purpose)}</bdi>
      </button>
    );
  }
  return (
    <>
      <p>{t(one.purpose === 'number' ? 'withdraw_number' : 'withdraw_explain')}</p>
      <Refusal of={acting.problem} />
      <div class="views">
        <button type="button" aria-disabled={acting.busy} onClick={() => void acting.run(withdraw)}>
          {t('withdraw_sure')}
        </button>
        <button type="button" onClick={() => ask(false)}>
          {t('cancel')}
        </button>
      </div>
    </>
  );
}

const Each = (props: One) => (
  <li>
    <p>
      <bdi>{word('consent_', props.one.purpose)}</bdi>: <strong>{t(`said_${props.one.answer}`)}</strong>{' '}
      {props.one.asked && <Hour at={props.one.hour} />}
    </p>
    {props.one.answer === 'yes' && may('work_case') && <TakingBack {...props} />}
  </li>
);

/// Who asked for a call may have said yes to texts as well.
const way_to = (found: All) =>
  found.contact === 'call' && found.contact_texts ? 'contact_call_texts' : (`contact_${found.contact}` as const);

function Open(props: { of: WholeCase }) {
  const { of } = props;
  const all = useFetched(() => api.consents(of.program, of.id), [of.program, of.id]);
  return (
    <Loaded of={all}>
      {(found) => (
        <>
          <p>{t(way_to(found))}</p>
          {found.contact !== 'none' && found.contact_stopped && <p>{t('contact_stopped')}</p>}
          {found.contact === 'call' && !found.contact_stopped && may('work_case') && <CallBack of={of} />}
          <ul>
            {found.consents.map((one) => (
              <Each key={one.purpose} of={of} one={one} taken={all.set} />
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

export function Consents(props: { of: WholeCase }) {
  const [is_open, open] = useState(false);
  return (
    <details class="consents" onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{t('consents')}</summary>
      {is_open && <Open of={props.of} />}
    </details>
  );
}
