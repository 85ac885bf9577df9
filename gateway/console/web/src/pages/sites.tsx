// The workplaces that a program's reports are about: who stands on the employer's side there, and who looks after which.
//
// Whoever stands on a site's employer's list finds none of its cases, and loses what they had: that is said before it is done.
import { useRef, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { Sites as All } from '../api/types';
import { t } from '../i18n';
import { type Acting, fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { me, program } from '../state/login';
import { Choosing } from '../ui/choosing';
import { Heading, Loaded } from '../ui/parts';
import { Refusal } from '../ui/refusal';

type What = Parameters<typeof api.change_sites>[1];

interface Work {
  readonly all: All;
  readonly people: readonly string[];
  readonly acting: Acting;
  readonly act: (what: What, body: unknown, said: string) => Promise<void>;
}

const near_of = (all: All, site: string): string[] => all.near.filter((one) => one.sites.includes(site)).map((one) => one.person);

function NewSite(props: Work) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const site = String(new FormData(form).get('site') ?? '').trim();
    void props.act('', { site }, t('site_added')).then(() => form.reset());
  };
  return (
    <details>
      <summary>{t('site_new')}</summary>
      <form onSubmit={submit}>
        <label>
          {t('site_name')}
          <input name="site" autocapitalize="none" autocomplete="off" spellcheck={false} pattern="[a-z0-9.\-]{1,40}" aria-describedby="site-hint" required />
        </label>
        <p id="site-hint" class="small">
          {t('site_name_hint')}
        </p>
        <button type="submit" aria-disabled={props.acting.busy}>
          {t('site_add')}
        </button>
      </form>
    </details>
  );
}

function Listing(props: Work & { site: string; listed: readonly string[] }) {
  const { site, listed, acting, act } = props;
  const [person, name] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    void act('/employer', { site, person: person.trim(), undo: false }, t('employer_listed')).then(() => name(''));
  };
  const others = props.people.filter((one) => !listed.includes(one) && one !== me.value?.name);
  return (
    <form onSubmit={submit}>
      <label>
        {t('employer_whom')}
        <input
          name="person"
          list={`people-${site}`}
          value={person}
          autocapitalize="none"
          autocomplete="off"
          spellcheck={false}
          required
          aria-describedby={`employer-hint-${site}`}
          onInput={(event) => name(event.currentTarget.value)}
        />
      </label>
      <datalist id={`people-${site}`}>
        {others.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <p id={`employer-hint-${site}`} class="small">
        {t('employer_explain')}
      </p>
      <button type="submit" aria-disabled={acting.busy}>
        {t('employer_list_it')} <bdi>{site}</bdi>
      </button>
    </form>
  );
}

function Site(props: Work & { site: string; listed: readonly string[] }) {
  const { site, listed, acting, act } = props;
  const near = near_of(props.all, site);
  return (
    <li class="card">
      <h2>
        <bdi>{site}</bdi>
      </h2>
      <h3>{t('site_near')}</h3>
      <p dir="auto">{near.length === 0 ? t('site_near_none') : t('site_near_names', { names: near.join(', ') })}</p>
      <h3>{t('employer_list')}</h3>
      {listed.length === 0 ? (
        <p>{t('employer_none')}</p>
      ) : (
        <ul>
          {listed.map((one) => (
            <li key={one}>
              <bdi class="name">{one}</bdi>{' '}
              <button type="button" aria-disabled={acting.busy} onClick={() => void act('/employer', { site, person: one, undo: true }, t('employer_unlisted'))}>
                {t('employer_unlist')} <bdi>{one}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
      <details>
        <summary>
          {t('site_change')} <bdi>{site}</bdi>
        </summary>
        <Listing {...props} />
        <p>{t('site_remove_explain')}</p>
        <button type="button" aria-disabled={acting.busy} onClick={() => void act('/remove', { site }, t('site_removed'))}>
          {t('site_remove')} <bdi>{site}</bdi>
        </button>
      </details>
    </li>
  );
}

/// Who was sent where; a person who is named there and nowhere else looks after these alone.
function Near(props: Work) {
  const { all, acting, act } = props;
  const [person, choose] = useState<string | undefined>(undefined);
  const theirs = all.near.find((one) => one.person === person)?.sites ?? [];
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const sites = new FormData(event.currentTarget as HTMLFormElement).getAll('near').map(String);
    void act('/near', { person, sites }, t('near_sent')).then(() => choose(undefined));
  };
  return (
    <section aria-labelledby="near-title">
      <h2 id="near-title">{t('near_title')}</h2>
      <p>{t('near_explain')}</p>
      <ul>
        {all.near.map((one) => (
          <li key={one.person}>
            <bdi class="name">{one.person}</bdi> <span dir="auto">{one.sites.length === 0 ? t('near_nowhere') : one.sites.join(', ')}</span>
          </li>
        ))}
      </ul>
      <Choosing from={props.people.filter((one) => one !== me.value?.name)} label={t('near_whom')} name="near-whom" button={t('near_choose')} busy={acting.busy} chosen={choose} />
      {person !== undefined && (
        <form key={person} onSubmit={submit}>
          <fieldset>
            <legend dir="auto">{t('near_sites', { name: person })}</legend>
            {all.sites.map(({ site }) => (
              <label class="tick" key={site}>
                <input type="checkbox" name="near" value={site} defaultChecked={theirs.includes(site)} /> <bdi>{site}</bdi>
              </label>
            ))}
          </fieldset>
          <button type="submit" aria-disabled={acting.busy}>
            {t('near_send')}
          </button>
        </form>
      )}
    </section>
  );
}

export default function Sites() {
  const name = program.value;
  const acting = useActing();
  const [said, say] = useState('');
  const once = useRef({ wish: '', key: '' }); // a repeat of what was asked and not heard changes nothing
  const all = useFetched(() => api.sites(name), [name]);
  const users = useFetched(() => api.users(name), [name]);
  const act: Work['act'] = (what, body, done) => {
    say('');
    return acting.run(async () => {
      const wish = JSON.stringify([what, body]);
      once.current = once.current.wish === wish ? once.current : { wish, key: fresh_key() };
      const released = await api.change_sites(name, what, body, once.current.key);
      once.current = { wish: '', key: '' };
      say(released === 0 ? done : `${done} ${t('cases_released', { count: released })}`);
      all.set(await api.sites(name));
    });
  };
  const people = (users.thing ?? []).filter((one) => !one.disabled).map((one) => one.name);
  return (
    <>
      <Heading>{t('sites')}</Heading>
      <p>{t('sites_explain')}</p>
      <div role="status">{said !== '' && <p class="note note-good">{said}</p>}</div>
      <Refusal of={acting.problem} />
      <Loaded of={all}>
        {(found) => (
          <>
            <NewSite all={found} people={people} acting={acting} act={act} />
            {found.sites.length === 0 && <p>{t('sites_none')}</p>}
            <ul class="cards">
              {found.sites.map((one) => (
                <Site key={one.site} site={one.site} listed={one.employer} all={found} people={people} acting={acting} act={act} />
              ))}
            </ul>
            {found.sites.length > 0 && <Near all={found} people={people} acting={acting} act={act} />}
          </>
        )}
      </Loaded>
    </>
  );
}
