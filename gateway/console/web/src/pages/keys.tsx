// The keys of a circle: what reports are sealed to now, what one's own files open of it, and what to do when something is lost.
//
// The server tells the public half alone; whose key opens what is found here, on this device.
import { useEffect, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { HeldCircle, Holdings } from '../crypto/keyring';
import { holdings, is_open, lock } from '../crypto/key_worker';
import { t } from '../i18n';
import { useFetched } from '../state/fetched';
import { program, when_closing } from '../state/login';
import { Heading, Loaded } from '../ui/parts';
import { LostKey } from '../ui/lost_key';
import { Unlock } from '../ui/unlock';

when_closing(lock);

/// A line of the circle's public key file.
const line_of = (file: string, name: string): string => new RegExp(`^${name}: (.*)$`, 'm').exec(file)?.[1] ?? '';

const in_groups = (id: string): string => id.replace(/.{4}(?=.)/g, '$& ');

const Circle = (props: { file: string }) => (
  <section aria-labelledby="circle-title">
    <h2 id="circle-title">{t('keys_circle')}</h2>
    <p>{t('keys_circle_words')}</p>
    <dl class="facts">
      <dt>{t('keys_name')}</dt>
      <dd>
        <bdi>{line_of(props.file, 'name')}</bdi>
      </dd>
      <dt>{t('keys_version')}</dt>
      <dd>
        <bdi>{line_of(props.file, 'version')}</bdi>
      </dd>
      <dt>{t('keys_id')}</dt>
      <dd>
        <bdi class="fingerprint">{in_groups(line_of(props.file, 'id'))}</bdi>
      </dd>
    </dl>
  </section>
);

const Held = (props: { of: HeldCircle }) => (
  <li class="card">
    <p>
      <strong>{t('keys_circle_line', { name: props.of.name, version: props.of.version })}</strong>{' '}
      <bdi class="fingerprint">{in_groups(props.of.id)}</bdi>
    </p>
    <p class="small">{props.of.members.length === 0 ? t('keys_plain') : t('keys_members', { names: props.of.members.join(', ') })}</p>
  </li>
);

function Opened(props: { file: string }) {
  const [of, set] = useState<Holdings | undefined>(undefined);
  useEffect(() => {
    let meant = true;
    void holdings().then((found) => meant && set(found), () => undefined);
    return () => {
      meant = false;
    };
  }, []);
  if (of === undefined) {
    return null;
  }
  const now = of.circles.some((one) => one.id === line_of(props.file, 'id'));
  return (
    <section aria-labelledby="holdings-title">
      <h2 id="holdings-title">{t('keys_yours')}</h2>
      {of.member !== '' && (
        <p>
          <bdi class="name">{of.member}</bdi> {t('keys_fingerprint_words')} <bdi class="fingerprint">{of.fingerprint}</bdi>
        </p>
      )}
      <p class={`note ${now ? 'note-good' : 'note-bad'}`}>
        {now ? t('keys_opens_now') : t('keys_opens_not_now', { version: line_of(props.file, 'version') })}
      </p>
      <p>{t('keys_opens')}</p>
      <ul class="cards">
        {of.circles.map((one) => (
          <Held key={one.id} of={one} />
        ))}
      </ul>
      <p class="small">{t('key_is_open')}</p>
      <button type="button" onClick={lock}>
        {t('lock_now')}
      </button>
      <LostKey />
    </section>
  );
}

export default function Keys() {
  const name = program.value;
  const fetched = useFetched(() => api.circle(name), [name]);
  return (
    <>
      <Heading>{t('keys')}</Heading>
      <Loaded of={fetched}>
        {({ circle }) => (
          <>
            <Circle file={circle} />
            {is_open.value ? <Opened file={circle} /> : <Unlock title={t('keys_yours')} words={t('keys_yours_words')} button={t('keys_look')} />}
          </>
        )}
      </Loaded>
    </>
  );
}
