// What an administrator does with a user: let them in, shut them out, give them a new password and second factor.
//
// A first password is drawn here, and told with the second factor once: to whoever hands both to the person. Neither is kept.
import { useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import type { User, UserMade } from '../api/types';
import { t, word } from '../i18n';
import { useActing } from '../state/acting';
import { program } from '../state/login';
import { ProblemNote } from './parts';

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'; // 32, none like another
export const drawn_password = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte, i) => (i > 0 && i % 5 === 0 ? '-' : '') + letters[byte % letters.length]).join('');

export interface Told {
  readonly made: UserMade;
  readonly password: string;
}

const problem_of = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, ''));

/// To be copied by hand or by a camera, and gone with the page.
export const Secrets = (props: { of: Told; done: () => void }) => (
  <section class="card secrets" aria-labelledby="secrets-title">
    <h2 id="secrets-title">
      {t('secrets_title')} <bdi>{props.of.made.name}</bdi>
    </h2>
    <p>{t('secrets_explain')}</p>
    <dl class="facts">
      <dt>{t('first_password')}</dt>
      <dd>
        <bdi class="fingerprint">{props.of.password}</bdi>
      </dd>
      <dt>{t('authenticator_key')}</dt>
      <dd>
        <bdi class="fingerprint">{props.of.made.totp_secret.replace(/.{4}(?=.)/g, '$& ')}</bdi>
      </dd>
    </dl>
    <button type="button" onClick={props.done}>
      {t('secrets_done')}
    </button>
  </section>
);

const roles = ['intake', 'monitor', 'supervisor', 'organizer', 'auditor', 'admin', 'operator'];

const Roles = (props: { has: readonly string[] }) => (
  <fieldset>
    <legend>{t('roles')}</legend>
    {roles.map((role) => (
      <label class="tick" key={role}>
        <input type="checkbox" name="role" value={role} defaultChecked={props.has.includes(role)} /> {word('role_', role)}
      </label>
    ))}
  </fieldset>
);
const chosen_roles = (form: FormData): string[] => form.getAll('role').map((role) => `${program.value}:${String(role)}`);

/// As `rightsline key new-member` and the page of keys show it, however its groups are typed.
function fingerprint_in(form: FormData): string {
  const digits = String(form.get('key') ?? '').toLowerCase().replace(/[^0-9a-f]/g, '');
  return (digits.match(/.{1,4}/g) ?? []).join(' ');
}

const Fingerprint = () => (
  <>
    <label>
      {t('key_of_person')}
      <input name="key" autocapitalize="none" autocomplete="off" spellcheck={false} aria-describedby="key-hint" />
    </label>
    <p id="key-hint" class="small">
      {t('key_of_person_hint')}
    </p>
  </>
);

export function NewPerson(props: { told: (told: Told) => void }) {
  const acting = useActing();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const given = new FormData(form);
    const password = drawn_password();
    const name = String(given.get('name') ?? '').trim();
    const asked = { name, roles: chosen_roles(given), password, key: fingerprint_in(given) };
    void acting.run(async () => {
      props.told({ made: await api.add_user(program.value, asked), password });
      form.reset();
    });
  };
  return (
    <details>
      <summary>{t('new_person')}</summary>
      <form onSubmit={submit}>
        <label>
          {t('user_name')}
          <input name="name" autocapitalize="none" autocomplete="off" spellcheck={false} pattern="[a-z][a-z0-9.\-]{1,31}" aria-describedby="name-hint" required />
        </label>
        <p id="name-hint" class="small">
          {t('name_hint')}
        </p>
        <Roles has={[]} />
        <Fingerprint />
        {acting.problem !== undefined && <ProblemNote problem={problem_of(acting.problem)} />}
        <button type="submit" class="first" aria-disabled={acting.busy}>
          {t('let_person_in')}
        </button>
      </form>
    </details>
  );
}

/// Other roles in this program, from now on; their logins go on with them.
function ChangeRoles(props: { of: User; changed: () => void }) {
  const acting = useActing();
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const wanted = chosen_roles(new FormData(event.currentTarget as HTMLFormElement));
    void acting.run(async () => {
      await api.change_roles(program.value, props.of.name, wanted);
      props.changed();
    });
  };
  return (
    <details>
      <summary>
        {t('change_roles')} <bdi>{props.of.name}</bdi>
      </summary>
      <form onSubmit={submit}>
        <Roles has={props.of.roles[program.value] ?? []} />
        <p class="small">{t('change_roles_explain')}</p>
        {acting.problem !== undefined && <ProblemNote problem={problem_of(acting.problem)} />}
        <button type="submit" aria-disabled={acting.busy}>
          {t('change_roles_now')}
        </button>
      </form>
    </details>
  );
}

export function PersonActs(props: { of: User; changed: () => void; told: (told: Told) => void }) {
  const [asked, ask] = useState<'reset' | 'disable' | undefined>(undefined);
  const acting = useActing();
  const { name } = props.of;
  const reset = async (): Promise<void> => {
    const password = drawn_password();
    props.told({ made: await api.reset_user(program.value, name, password), password });
    ask(undefined);
    props.changed();
  };
  const disable = async (): Promise<void> => {
    await api.disable_user(program.value, name);
    ask(undefined);
    props.changed();
  };
  return (
    <>
      {acting.problem !== undefined && <ProblemNote problem={problem_of(acting.problem)} />}
      <ChangeRoles of={props.of} changed={props.changed} />
      {asked !== undefined && <p>{t(asked === 'reset' ? 'reset_explain' : 'disable_explain')}</p>}
      <div class="views">
        {asked === undefined && !props.of.disabled && (
          <button type="button" onClick={() => ask('disable')}>
            {t('shut_out')} <bdi>{name}</bdi>
          </button>
        )}
        {asked === undefined && (
          <button type="button" onClick={() => ask('reset')}>
            {t('reset_person')} <bdi>{name}</bdi>
          </button>
        )}
        {asked !== undefined && (
          <button type="button" aria-disabled={acting.busy} onClick={() => void acting.run(asked === 'reset' ? reset : disable)}>
            {t(asked === 'reset' ? 'reset_sure' : 'shut_out_sure')}
          </button>
        )}
        {asked !== undefined && (
          <button type="button" onClick={() => ask(undefined)}>
            {t('cancel')}
          </button>
        )}
      </div>
    </>
  );
}
