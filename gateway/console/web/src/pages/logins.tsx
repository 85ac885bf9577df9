// Where one is logged in, and ending it elsewhere: a lost phone, a borrowed laptop.
import { useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import type { OwnLogin } from '../api/types';
import { t, when } from '../i18n';
import { useFetched } from '../state/fetched';
import { log_out } from '../state/login';
import { Heading, Loaded, ProblemNote } from '../ui/parts';
import { Password } from '../ui/password';

function LoginItem(props: { of: OwnLogin; gone: () => void }) {
  const { of } = props;
  const [problem, set_problem] = useState<Problem | undefined>(undefined);
  const end = async (): Promise<void> => {
    try {
      await (of.this ? log_out() : api.end_login(of.id));
      props.gone();
    } catch (error) {
      set_problem(error instanceof Problem ? error : new Problem(0, ''));
    }
  };
  return (
    <li class="card">
      <h2>
        {of.by === 'browser' ? t('browser_login') : t('tool_login')} <ShortId id={of.id} />
        {of.this && <span class="status">{t('this_login')}</span>}
      </h2>
      <p>
        {t('login_began', { when: when(of.made) })} · {t('login_seen', { when: when(of.seen) })}
      </p>
      <button type="button" onClick={() => void end()}>
        {of.this ? t('log_out') : t('end_login')} <ShortId id={of.id} />
      </button>
      {problem !== undefined && <ProblemNote problem={problem} />}
    </li>
  );
}

/// The first four of its id: enough to tell two apart.
const ShortId = (props: { id: string }) => <bdi class="code small">{props.id.slice(0, 4)}</bdi>;

export default function Logins() {
  const fetched = useFetched(() => api.logins(), []);
  return (
    <>
      <Heading>{t('logins_title')}</Heading>
      <Password />
      <Loaded of={fetched}>
        {(all) => (
          <ul class="cards">
            {all.map((one) => (
              <LoginItem key={one.id} of={one} gone={fetched.again} />
            ))}
          </ul>
        )}
      </Loaded>
    </>
  );
}
