// Who has a role in the program, and with which key: for the auditor, and for who looks after people, who lets them in and
// shuts them out here.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { User } from '../api/types';
import { t, when, word } from '../i18n';
import { useFetched } from '../state/fetched';
import { me, program } from '../state/login';
import { may } from '../state/rights';
import { Heading, Loaded } from '../ui/parts';
import { NewPerson, PersonActs, Secrets, type Told } from '../ui/person_acts';

function Person(props: { of: User; changed: () => void; told: (told: Told) => void }) {
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
      {may('manage_users') && of.name !== me.value?.name && <PersonActs of={of} changed={props.changed} told={props.told} />}
    </li>
  );
}

export default function People() {
  const name = program.value;
  const fetched = useFetched(() => api.users(name), [name]);
  const [told, tell] = useState<Told | undefined>(undefined);
  const made = (one: Told): void => {
    tell(one);
    fetched.again();
  };
  return (
    <>
      <Heading>{t('people')}</Heading>
      <div role="status">{told !== undefined && <Secrets of={told} done={() => tell(undefined)} />}</div>
      {may('manage_users') && <NewPerson told={made} />}
      <Loaded of={fetched}>
        {(all) => (
          <ul class="cards">
            {all.map((one) => (
              <Person key={one.name} of={one} changed={fetched.again} told={tell} />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
