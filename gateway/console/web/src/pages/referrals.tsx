// What is offered between organisations and waits, and what was accepted: for those who offer it, and for those who answer.
//
// Before they accept it the others see that something is there, how urgent, by whom and why; and nothing of it.
import { useRef, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { Offered } from '../api/types';
import { t, word } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { program } from '../state/login';
import { may_of_others, of_others } from '../state/rights';
import { Code, Heading, Loaded, Time, UrgencyMark } from '../ui/parts';
import { Refusal } from '../ui/refusal';

const reasons = ['mandate', 'capacity', 'conflict', 'duplicate', 'other'];

interface Each {
  readonly one: Offered;
  readonly side: string;
  readonly changed: () => void;
}

function Declining(props: { busy: boolean; decline: (reason: string) => void }) {
  const [reason, choose] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (reason !== '' && !props.busy) {
      props.decline(reason);
    }
  };
  return (
    <details>
      <summary>{t('offer_decline_open')}</summary>
      <form onSubmit={submit}>
        <label>
          {t('offer_decline_why')}
          <select name="why" value={reason} onChange={(event) => choose(event.currentTarget.value)}>
            <option value="">{t('choose')}</option>
            {reasons.map((one) => (
              <option key={one} value={one}>
                {word('decline_reason_', one)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit" aria-disabled={props.busy || reason === ''}>
          {t('offer_decline')}
        </button>
      </form>
    </details>
  );
}

function Answering(props: Each) {
  const { one, side } = props;
  const acting = useActing();
  const key = useRef(fresh_key());
  const answer = (how: 'accept' | 'decline', reason: string): void =>
    void acting.run(async () => {
      await api.answer_offer(side, one.id, how, reason, key.current);
      key.current = fresh_key();
      props.changed();
    });
  return (
    <>
      <p class="small">{t('offer_accept_explain')}</p>
      <Refusal of={acting.problem} />
      <button type="button" class="first" aria-disabled={acting.busy} onClick={() => answer('accept', '')}>
        {t('offer_accept')} <Code>{one.alias}</Code>
      </button>
      <Declining busy={acting.busy} decline={(reason) => answer('decline', reason)} />
    </>
  );
}

/// The name is a link to what may be read of it.
function Name(props: Each) {
  const { one } = props;
  const read = one.state === 'accepted' && may_of_others('read_case');
  const to = of_others.value ? (read ? `/referrals/${one.id}` : '') : `/cases/${one.id}`;
  return to === '' ? (
    <Code>{one.alias}</Code>
  ) : (
    <a href={to}>
      <Code>{one.alias}</Code>
    </a>
  );
}

const Card = (props: Each) => {
  const { one } = props;
  return (
    <li class="card">
      <h2>
        <Name {...props} /> <UrgencyMark urgency={one.urgency} />
      </h2>
      <p>
        <span class="status">{word('referral_', one.state)}</span> {word('offer_reason_', one.reason)}
      </p>
      <p dir="auto">{one.to === undefined ? t('offer_from', { from: one.from, name: one.by }) : t('offer_to', { to: one.to, name: one.by })}</p>
      <p class="small">
        <Time at={one.at} />
        {one.state === 'offered' && (
          <>
            {' '}
            · {t('refer_until')} <Time at={one.until} />
          </>
        )}
      </p>
      {(one.not_passed ?? 0) > 0 && <p class="note">{t('refer_not_passed', { count: one.not_passed ?? 0 })}</p>}
      {one.state === 'offered' && may_of_others('work_case') && <Answering {...props} />}
    </li>
  );
};

export default function Referrals() {
  const side = program.value;
  const fetched = useFetched(() => api.referrals(side), [side], (news) => news.list);
  return (
    <>
      <Heading>{t('referrals')}</Heading>
      <p>{t(of_others.value ? 'referrals_theirs' : 'referrals_ours')}</p>
      <Loaded of={fetched}>
        {(all) =>
          all.length === 0 ? (
            <p>{t('referrals_none')}</p>
          ) : (
            <ul class="cards">
              {all.map((one) => (
                <Card key={`${one.id}${one.to ?? ''}`} one={one} side={side} changed={fetched.anew} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}
