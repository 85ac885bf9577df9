// The frame around every page: quick exit always in the same place, the pages, the program, who one is.
import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';

import { language, languages, speak, t, when, type Language } from '../i18n';
import type { Key } from '../i18n/en';
import { login_elsewhere } from '../state/news';
import { type Right, may, may_of_others } from '../state/rights';
import { choose_program, log_out, me, program, programs, quick_exit } from '../state/login';
import { AfterCall } from './after_call';

const pages: readonly [string, Key, Right?, Right?][] = [
  ['/', 'today'],
  ['/cases', 'cases', 'see_cases'],
  ['/alerts', 'alerts', 'see_alerts'],
  ['/on-call', 'on_call', 'see_roster'],
  ['/referrals', 'referrals', 'read_case', 'see_cases'],
  ['/figures', 'figures', 'see_cases'],
  ['/keys', 'keys', 'read_case'],
  ['/people', 'people', 'see_users'],
  ['/sites', 'sites', 'manage_sites'],
  ['/prompts', 'prompts', 'record_prompts'],
  ['/log', 'audit', 'read_audit'],
  ['/logins', 'logins'],
];

function here(path: string, page: string): boolean {
  return page === '/' ? path === '/' : path === page || path.startsWith(`${page}/`);
}

const Navigation = () => {
  const { path } = useLocation();
  const shown = pages.filter(([, , right, theirs]) => right === undefined || may(right) || (theirs !== undefined && may_of_others(theirs)));
  return (
    <nav aria-label={t('menu')}>
      <ul>
        {shown.map(([page, name]) => (
          <li key={page}>
            <a href={page} aria-current={here(path, page) ? 'page' : undefined}>
              {t(name)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
};

export const LanguageChoice = () => (
  <label class="choice">
    <span>{t('language')}</span>
    <select value={language.value} onChange={(event) => void speak(event.currentTarget.value as Language)}>
      {(language.value === 'pseudo' ? [...languages, 'pseudo' as const] : languages).map((one) => (
        <option key={one} value={one} lang={one === 'pseudo' ? 'en' : one}>
          {t(`language_${one}`)}
        </option>
      ))}
    </select>
  </label>
);

const ProgramChoice = () =>
  programs.value.length < 2 ? null : (
    <label class="choice">
      <span>{t('program')}</span>
      <select value={program.value} onChange={(event) => choose_program(event.currentTarget.value)}>
        {programs.value.map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  );

export const QuickExit = () => (
  <button type="button" class="quick-exit" title={t('quick_exit_hint')} onClick={quick_exit}>
    {t('quick_exit')}
  </button>
);

/// There is no mark in a browser to know it by, so that every login counts as one from elsewhere.
const LoginElsewhere = () => (
  <div role="alert">
    {login_elsewhere.value && (
      <div class="note note-bad">
        <p>{t('login_elsewhere')}</p>
        <p>
          <a href="/logins">{t('login_look')}</a>
        </p>
        <button type="button" onClick={() => (login_elsewhere.value = false)}>
          {t('login_was_me')}
        </button>
      </div>
    )}
  </div>
);

function LoginBefore() {
  const before = me.value?.last_login_before;
  return before === undefined ? null : <p class="small">{before === null ? t('login_first') : t('login_before', { when: when(before) })}</p>;
}

export const Shell = (props: { children: ComponentChildren }) => (
  <>
    <a class="skip" href="#content">
      {t('skip_to_content')}
    </a>
    <header>
      <div class="bar">
        <span class="brand">{t('app_name')}</span>
        <QuickExit />
      </div>
      <Navigation />
    </header>
    <main id="content" tabIndex={-1}>
      <LoginElsewhere />
      <AfterCall />
      {props.children}
    </main>
    <footer>
      <p>{t('logged_in_as', { name: me.value?.name ?? '' })}</p>
      <LoginBefore />
      <ProgramChoice />
      <LanguageChoice />
      <button type="button" onClick={() => void log_out()}>
        {t('log_out')}
      </button>
    </footer>
  </>
);
