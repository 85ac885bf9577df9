// Who has a role in the program, and with which key: for those who look after people and for the auditor.
import { api } from '../api/client';
import type { User } from '../api/types';
import { t, when, word } from '../i18n';
import { useFetched } from '../state/fetched';
import { program } from '../state/login';
import { Heading, Loaded } from '../ui/parts';

function Person(props: { of: User }) {
  const { of } = props;
  const roles = of.roles[program.value] ?? [];
  return (
    <li class="card">
      <h2>
        <bdi>{of.name}</bdi> {of.disabled && <span class="status">{t('disabled')}</span>}
      </h2>
      <p>{roles.map((role) => word('role_', role)).join(', ')}</p>
      <p>{of.last_login === null ? t('never_logged_in') : t('last_login', { when: when(of.last_login) })}</p>
      <p class="small">
        {of.key === '' ? t('no_key') : t('key_fingerprint')} {of.key !== '' && <bdi class="fingerprint">{of.key}</bdi>}
      </p>
    </li>
  );
}

export default function People() {
  const name = program.value;
  const fetched = useFetched(() => api.users(name), [name]);
  return (
    <>
      <Heading>{t('people')}</Heading>
      <Loaded of={fetched}>
        {(all) => (
          <ul class="cards">
            {all.map((one) => (
              <Person key={one.name} of={one} />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
