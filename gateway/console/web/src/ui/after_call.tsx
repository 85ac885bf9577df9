// One's own talk with a caller is over: the page for entering what they told opens by itself, with that call picked.
//
// Where something is being written, recorded, or shown that is shown once, nobody is led away from it: then it is said, with the way there.
import { signal } from '@preact/signals';
import { useLocation } from 'preact-iso';
import { useEffect } from 'preact/hooks';

import { t } from '../i18n';
import { is_anything_written } from '../state/drafts';
import { when_closing } from '../state/login';
import { when_news } from '../state/news';
import { may } from '../state/rights';

// What these pages show cannot be shown again: a first password, a recovery code, what is being recorded.
const holding = ['/people', '/keys', '/logins', '/prompts'];

const over = signal(''); // the call of which it is said
when_closing(() => (over.value = ''));

export const page_of_call = (call: string): string => `/enter?call=${encodeURIComponent(call)}`;

export function AfterCall() {
  const { route, path } = useLocation();
  useEffect(
    () =>
      when_news(({ call }) => {
        if (call === '' || !may('enter_report')) {
          return;
        }
        if (is_anything_written() || holding.some((page) => path.startsWith(page))) {
          over.value = call;
        } else {
          over.value = '';
          route(page_of_call(call));
        }
      }),
    [route, path],
  );
  const said = (): string => (over.value = '');
  return (
    <div role="status">
      {over.value !== '' && (
        <div class="note">
          <p>{t('call_over')}</p>
          <p>
            <a href={page_of_call(over.value)} onClick={said}>
              {t('call_over_enter')}
            </a>
          </p>
          <button type="button" onClick={said}>
            {t('call_over_not')}
          </button>
        </div>
      )}
    </div>
  );
}
