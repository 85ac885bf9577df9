// A report that is saved, with its worker's own number: shown once, to be read out, and kept nowhere.
//
// It stays in memory while one looks at another page, so that a slip of the finger does not cost the worker their number; it
// goes when one says so, and with the login. Must never: reach a storage, an address or an attribute of the page.
import { signal } from '@preact/signals';
import { useState } from 'preact/hooks';

import type { Entered as Saved } from '../api/types';
import { t } from '../i18n';
import { keep_draft } from '../state/drafts';
import { when_closing } from '../state/login';
import { may } from '../state/rights';
import { Code, Heading } from './parts';

export const entered = signal<Saved | undefined>(undefined);
const unread = 'a number that was not read out'; // leaving the page asks first

export function show_entered(saved: Saved): void {
  entered.value = saved;
  keep_draft(unread, 'there is one');
}

function let_go(): void {
  entered.value = undefined;
  keep_draft(unread, '');
}
when_closing(let_go);

const in_groups = (code: string): string => code.replace(/.{4}(?=.)/g, '$& ');
const digits_of = (text: string): string => text.replace(/[^0-9]/g, '');

function ReadBack(props: { code: string }) {
  const [typed, type] = useState('');
  const given = digits_of(typed);
  const whole = given.length >= props.code.length;
  return (
    <>
      <label>
        {t('code_read_back')}
        <input name="read-back" inputMode="numeric" autocomplete="off" value={typed} onInput={(event) => type(event.currentTarget.value)} />
      </label>
      <div role="status">
        {whole && <p class={`note ${given === props.code ? 'note-good' : 'note-bad'}`}>{t(given === props.code ? 'code_is_right' : 'code_is_wrong')}</p>}
      </div>
    </>
  );
}

export function Entered(props: { saved: Saved }) {
  const { saved } = props;
  return (
    <section class="secrets">
      <Heading>
        {t('enter_saved')} <Code>{saved.alias}</Code>
      </Heading>
      <p>{t('code_words')}</p>
      <p class="code-large">
        <Code>{in_groups(saved.code)}</Code>
      </p>
      <p>{t('code_read_out')}</p>
      <p>{t('code_once')}</p>
      <ReadBack code={saved.code} />
      <button type="button" class="first" onClick={let_go}>
        {t('code_done')}
      </button>
      {may('read_case') && (
        <p>
          <a href={`/cases/${saved.id}`}>
            {t('open_case')} <Code>{saved.alias}</Code>
          </a>
        </p>
      )}
    </section>
  );
}
