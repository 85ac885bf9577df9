// What one does with a case: a status, which its worker hears; what it is about; who has it; who may not.
import { useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';

import { type CaseAct, api } from '../api/client';
import type { CaseAfter, Choices, WholeCase } from '../api/types';
import { t, word } from '../i18n';
import { type Acting, fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { me } from '../state/login';
import { may } from '../state/rights';
import { Choosing } from './choosing';
import { Loaded } from './parts';
import { Refusal } from './refusal';
import { Sorting } from './sorting';

interface Work {
  readonly of: WholeCase;
  readonly choices: Choices;
  readonly acting: Acting;
  readonly act: (act: CaseAct, body: Readonly<Record<string, string>>, said: string) => void;
}

function StatusWords(props: { chosen: Choices['statuses'][number]; language: string }) {
  const { chosen } = props;
  return (
    <>
      <p>{t('worker_hears')}</p>
      <p class="words preview" dir="auto" lang={props.language}>
        {chosen.words === '' ? t('worker_hears_nothing') : chosen.words}
      </p>
      {chosen.waits && <p class="small">{t('status_waits')}</p>}
      {chosen.closes && <p class="small">{t('status_closes')}</p>}
    </>
  );
}

function Status(props: Work) {
  const [key, choose] = useState('');
  const chosen = props.choices.statuses.find((one) => one.key === key);
  const set = (): void => {
    props.act('status', { status: key }, t('status_set'));
    choose('');
  };
  return (
    <section aria-labelledby="status-title">
      <h3 id="status-title">{t('status')}</h3>
      <label>
        {t('new_status')}
        <select name="status" value={key} onChange={(event) => choose(event.currentTarget.value)}>
          <option value="">{t('choose')}</option>
          {props.choices.statuses.map((one) => (
            <option key={one.key} value={one.key}>
              {one.name === '' || one.name === one.key ? word('status_', one.key) : one.name}
            </option>
          ))}
        </select>
      </label>
      {chosen !== undefined && <StatusWords chosen={chosen} language={props.of.language} />}
      {chosen !== undefined && (
        <button type="button" aria-disabled={props.acting.busy} onClick={() => void (props.acting.busy || set())}>
          {t('set_status')}
        </button>
      )}
    </section>
  );
}

function Holder(props: Work) {
  const { of, choices, acting, act } = props;
  const holder = of.assignee ?? '';
  const mine = holder !== '' && holder === me.value?.name;
  return (
    <section aria-labelledby="holder-title">
      <h3 id="holder-title">{t('with_whom')}</h3>
      <p>{holder === '' ? t('nobody_has_it') : mine ? t('you_have_it') : t('assigned_to', { name: holder })}</p>
      {holder === '' && (
        <button type="button" aria-disabled={acting.busy} onClick={() => act('take', {}, t('you_have_it'))}>
          {t('take_case')}
        </button>
      )}
      {(mine || may('hand_out')) && (
        <Choosing
          from={choices.people.filter((one) => one !== holder)}
          label={t('give_to')}
          name="holder"
          button={t('give_it')}
          busy={acting.busy}
          nobody={holder !== ''}
          chosen={(person) => act(may('hand_out') ? 'assign' : 'hand-over', { person }, t('given'))}
        />
      )}
    </section>
  );
}

/// Who stands on that employer's list has it no more.
function Site(props: Work) {
  const { choices, acting, act } = props;
  const others = (choices.sites ?? []).filter((one) => one !== choices.site);
  if ((choices.sites ?? []).length === 0) {
    return null;
  }
  return (
    <section aria-labelledby="site-title">
      <h3 id="site-title">{t('site')}</h3>
      <p>{(choices.site ?? '') === '' ? t('site_unsaid') : <bdi>{choices.site}</bdi>}</p>
      <Choosing from={others} label={t('site_which')} name="site" button={t('site_say')} busy={acting.busy} chosen={(site) => act('site', { site }, t('site_said'))} />
    </section>
  );
}

function SteppingBack(props: Work) {
  const [sure, be_sure] = useState(false);
  const { acting, act } = props;
  return (
    <>
      <p>{t('step_back_explain')}</p>
      <label class="tick">
        <input type="checkbox" name="sure" checked={sure} onChange={(event) => be_sure(event.currentTarget.checked)} /> {t('step_back_sure')}
      </label>
      <button type="button" aria-disabled={!sure || acting.busy} onClick={() => sure && act('recuse', {}, '')}>
        {t('step_back')}
      </button>
    </>
  );
}

function MayNot(props: Work) {
  const { of, choices, acting, act } = props;
  const out = [...(of.recused ?? []), ...(of.excluded ?? [])];
  return (
    <details>
      <summary>{t('who_may_not')}</summary>
      <SteppingBack {...props} />
      <p>{t('keep_out_explain')}</p>
      <Choosing
        from={choices.people.filter((one) => one !== me.value?.name)}
        label={t('keep_out_whom')}
        name="out"
        button={t('keep_out')}
        busy={acting.busy}
        chosen={(person) => act('exclude', { person }, t('kept_out'))}
      />
      {out.length > 0 && <p dir="auto">{t('are_out', { names: out.join(', ') })}</p>}
      {out.length > 0 && may('hand_out') && (
        <Choosing
          from={out}
          label={t('let_in_whom')}
          name="in"
          button={t('let_in')}
          busy={acting.busy}
          chosen={(person) => act('readmit', { person }, t('let_in_done'))}
        />
      )}
    </details>
  );
}

/// The case after it. Who is out is told by no answer to a change, so that is kept here; so is a category's name.
function after(of: WholeCase, act: CaseAct, person: string, changed: CaseAfter, choices?: Choices): WholeCase {
  const without = (names: readonly string[] = []): string[] => names.filter((one) => one !== person);
  const { status, assignee, urgency, family, category = of.category ?? '' } = changed;
  const category_name = choices?.categories?.find((one) => one.key === category)?.name ?? '';
  const now = { ...of, status, assignee, urgency, family, category, category_name };
  if (act === 'exclude') {
    return { ...now, excluded: [...without(of.excluded), person] };
  }
  return act === 'readmit' ? { ...now, recused: without(of.recused), excluded: without(of.excluded) } : now;
}

export function CaseWork(props: { of: WholeCase; changed: (of: WholeCase) => void }) {
  const { of } = props;
  const { route } = useLocation();
  const acting = useActing();
  const [done, say] = useState('');
  const once = useRef({ wish: '', key: '' }); // a repeat of what was asked and not heard changes nothing
  const choices = useFetched(() => api.choices(of.program, of.id), [of.program, of.id]);
  const act: Work['act'] = (what, body, said) => {
    say('');
    void acting.run(async () => {
      const wish = JSON.stringify([what, body]);
      once.current = once.current.wish === wish ? once.current : { wish, key: fresh_key() };
      const changed = await api.act(of.program, of.id, what, body, once.current.key);
      once.current = { wish: '', key: '' };
      if (what === 'recuse') {
        route('/cases');
        return;
      }
      props.changed(after(of, what, body['person'] ?? '', changed, choices.thing));
      say(said);
      choices.set(await api.choices(of.program, of.id));
    });
  };
  return (
    <section class="work" aria-labelledby="work-title">
      <h2 id="work-title">{t('work_on_it')}</h2>
      <div role="status">{done !== '' && <p class="note note-good">{done}</p>}</div>
      <Refusal of={acting.problem} />
      <Loaded of={choices}>
        {(from) => (
          <>
            <Holder of={of} choices={from} acting={acting} act={act} />
            <Status of={of} choices={from} acting={acting} act={act} />
            <Sorting of={of} choices={from} busy={acting.busy} sort={(category) => act('category', { category }, t('category_set'))} />
            <Site of={of} choices={from} acting={acting} act={act} />
            <MayNot of={of} choices={from} acting={acting} act={act} />
          </>
        )}
      </Loaded>
    </section>
  );
}
