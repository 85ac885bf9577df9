// Passing a case on to another organisation: an offer of what its worker told, with their yes, sealed to the others on this
// device; and taking it back.
//
// The key that it is sealed to comes from the others themselves, as a file: one that the server alone names could be anybody's.
// Recordings are not passed on from here. Must never: send a word that is not sealed to that file's key.
import { useRef, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { CaseReferrals, Consents, Organisation, Referral, WholeCase } from '../api/types';
import { whole_case } from '../api/whole_case';
import { from_base64, to_base64 } from '../crypto/bytes';
import { copy_part, is_open } from '../crypto/key_worker';
import { t, word } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { may } from '../state/rights';
import { Loaded, Time } from './parts';
import { Refusal } from './refusal';

const most_at_once = 40_000; // characters of copies in one request
const reasons = ['investigate', 'advice', 'urgent', 'mandate', 'other'];

/// A line of a public key file.
const line_of = (file: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(file)?.[1]?.trim() ?? '';
const is_same_key = (one: string, other: string): boolean =>
  line_of(one, 'key') !== '' && line_of(one, 'key') === line_of(other, 'key') && line_of(one, 'id') === line_of(other, 'id');

export const is_live = (one: Referral | null): one is Referral => one !== null && ['offered', 'accepted'].includes(one.state);

interface Asked {
  readonly of: WholeCase;
  readonly to: Organisation;
  readonly theirs: string; // their public key file
  readonly reason: string;
}
interface Passed {
  readonly copies: number;
  readonly recordings: number; // that stay here
}

interface Batch {
  readonly parts: string[];
  readonly seen: number;
}

/// What is not passed on yet, sealed anew, in pieces that a request holds.
async function batches_of({ of, theirs }: Asked, from: number): Promise<{ batches: Batch[]; recordings: number }> {
  const whole = await whole_case(of.program, of.id);
  const batches: Batch[] = [];
  let now: string[] = [];
  let [size, recordings, seen] = [0, 0, from];
  for (const sealed of whole.parts.slice(from)) {
    const copy = await copy_part(theirs, of.program, of.id, from_base64(sealed) ?? new Uint8Array());
    const text = copy === null ? '' : to_base64(copy);
    if (size > 0 && size + text.length > most_at_once) {
      batches.push({ parts: now, seen });
      [now, size] = [[], 0];
    }
    seen += 1;
    recordings += copy === null ? 1 : 0;
    if (text !== '') {
      now.push(text);
      size += text.length;
    }
  }
  if (now.length > 0) {
    batches.push({ parts: now, seen }); // what is behind it are recordings: they were looked at, and stay
  }
  return { batches, recordings };
}

async function pass_on(asked: Asked): Promise<Passed> {
  const { of, to } = asked;
  const had = is_live(to.referral) ? to.referral : undefined;
  const { batches, recordings } = await batches_of(asked, had?.seen ?? 0);
  let copies = had?.copies ?? 0;
  let more = had !== undefined;
  for (const { parts, seen } of batches) {
    await api.pass_on(of.program, of.id, { to: to.key, reason: asked.reason, parts, seen, after: copies }, more, fresh_key());
    copies += parts.length;
    more = true;
  }
  return { copies: copies - (had?.copies ?? 0), recordings };
}

interface Each {
  readonly of: WholeCase;
  readonly to: Organisation;
  readonly changed: () => void;
}

function Passing(props: Each & { say: (said: string) => void }) {
  const { of, to, say } = props;
  const more = is_live(to.referral);
  const acting = useActing();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const file = (form.elements.namedItem('circle') as HTMLInputElement).files?.[0];
    const reason = String(new FormData(form).get('reason') ?? 'other');
    say('');
    void acting.run(async () => {
      const theirs = file === undefined || file.size > 4096 ? '' : await file.text();
      if (!is_same_key(theirs, to.circle)) {
        say(t('refer_other_key'));
        return;
      }
      const passed = await pass_on({ of, to, theirs, reason }).finally(props.changed); // it may be there, though no answer came
      const stay = passed.recordings === 0 ? '' : t('refer_stay', { count: passed.recordings });
      say(`${passed.copies === 0 ? t('refer_nothing') : t('refer_passed', { count: passed.copies, name: to.name })} ${stay}`.trim());
    });
  };
  return (
    <form onSubmit={submit}>
      {!more && (
        <label>
          {t('refer_why')}
          <select name="reason">
            {reasons.map((one) => (
              <option key={one} value={one}>
                {word('offer_reason_', one)}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        {t('refer_key', { name: to.name })}
        <input name="circle" type="file" required aria-describedby={`key-of-${to.key}`} />
      </label>
      <p id={`key-of-${to.key}`} class="small">
        {t('refer_key_hint')}
      </p>
      <p class="small">{t('refer_recordings')}</p>
      <Refusal of={acting.problem} />
      <button type="submit" aria-disabled={acting.busy}>
        {acting.busy ? t('sending') : t(more ? 'refer_more' : 'refer_offer')} <bdi>{to.name}</bdi>
      </button>
    </form>
  );
}

function TakingBack(props: Each) {
  const { of, to } = props;
  const [sure, ask] = useState(false);
  const acting = useActing();
  const key = useRef(fresh_key());
  const take = async (): Promise<void> => {
    await api.take_back(of.program, of.id, to.key, key.current);
    props.changed();
  };
  if (!sure) {
    return (
      <button type="button" onClick={() => ask(true)}>
        {t('take_back')} <bdi>{to.name}</bdi>
      </button>
    );
  }
  return (
    <>
      <p>{t('take_back_explain')}</p>
      <Refusal of={acting.problem} />
      <div class="views">
        <button type="button" aria-disabled={acting.busy} onClick={() => void acting.run(take)}>
          {t('take_back_sure')}
        </button>
        <button type="button" onClick={() => ask(false)}>
          {t('cancel')}
        </button>
      </div>
    </>
  );
}

const How = (props: { of: Referral }) => (
  <p>
    <strong>{word('referral_', props.of.state)}</strong> · {word('offer_reason_', props.of.reason)} · <bdi>{props.of.by}</bdi>{' '}
    <Time at={props.of.at} />
    {props.of.state === 'offered' && (
      <>
        {' '}
        · {t('refer_until')} <Time at={props.of.until} />
      </>
    )}
    {props.of.why !== '' && (
      <>
        {' '}
        · {word('decline_reason_', props.of.why)}
      </>
    )}
  </p>
);

/// What has to be so before anything is passed on, in the order in which one can see to it.
function missing(to: Organisation, said: string): string {
  if (said !== 'yes') {
    return t(said === 'withdrawn' ? 'refer_taken_back' : 'refer_no_yes', { purpose: word('consent_', to.consent) });
  }
  if (to.circle === '') {
    return t('refer_no_key', { name: to.name });
  }
  return is_open.value ? '' : t('refer_shut');
}

function One(props: Each & { said: string }) {
  const { to } = props;
  const [done, say] = useState('');
  const live = is_live(to.referral);
  const lacks = missing(to, props.said);
  const wanted = !live || to.referral.not_passed > 0;
  return (
    <li class="card">
      <h3>
        <bdi>{to.name}</bdi>
      </h3>
      {to.referral === null ? <p>{t('refer_never')}</p> : <How of={to.referral} />}
      {!live && <p class="small">{to.told === 0 ? t('refer_untold') : t('refer_told', { count: to.told })}</p>}
      {live && to.referral.not_passed > 0 && <p class="note">{t('refer_not_passed', { count: to.referral.not_passed })}</p>}
      <div role="status">{done !== '' && <p class="note">{done}</p>}</div>
      {may('export_case') && wanted && (lacks === '' ? <Passing {...props} say={say} /> : <p class="note note-bad">{lacks}</p>)}
      {may('export_case') && live && <TakingBack {...props} />}
    </li>
  );
}

function Open(props: { of: WholeCase }) {
  const { of } = props;
  const all = useFetched(
    (): Promise<[CaseReferrals, Consents]> => Promise.all([api.referrals_of(of.program, of.id), api.consents(of.program, of.id)]),
    [of.program, of.id],
  );
  const said = (consents: Consents, purpose: string): string => consents.consents.find((one) => one.purpose === purpose)?.answer ?? 'no';
  return (
    <Loaded of={all}>
      {([found, consents]) => (
        <>
          <p>{found.organisations.length === 0 ? t('refer_none') : t('refer_explain')}</p>
          <ul class="cards">
            {found.organisations.map((one) => (
              <One key={one.key} of={of} to={one} said={said(consents, one.consent)} changed={all.anew} />
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

export function Referring(props: { of: WholeCase }) {
  const [is_unfolded, unfold] = useState(false);
  return (
    <details class="referring" onToggle={(event) => unfold(event.currentTarget.open)}>
      <summary>{t('refer')}</summary>
      {is_unfolded && <Open of={props.of} />}
    </details>
  );
}
