// Which of its program's categories a case is in, and what that will do before one presses: a greater urgency tells people.
import { useState } from 'preact/hooks';

import type { Choices, WholeCase } from '../api/types';
import { t, word } from '../i18n';

interface Sorting {
  readonly of: WholeCase;
  readonly choices: Choices;
  readonly busy: boolean;
  readonly sort: (category: string) => void;
}

type Category = NonNullable<Choices['categories']>[number];

export const name_of = (one: Category): string => (one.name === '' ? word('', one.key) : one.name);

/// P1 stands before P2.
const is_raised_by = (of: WholeCase, chosen: Category): boolean => chosen.urgency < of.urgency;

function Meaning(props: { of: WholeCase; chosen: Category }) {
  const { of, chosen } = props;
  return (
    <>
      <p>{t('category_family', { family: word('family_', chosen.family) })}</p>
      {is_raised_by(of, chosen) ? (
        <p class="note">{t(chosen.urgency === 'P1' ? 'category_raises_danger' : 'category_raises', { urgency: word('urgency_', chosen.urgency) })}</p>
      ) : (
        <p class="small">{t('category_keeps')}</p>
      )}
    </>
  );
}

export function Sorting(props: Sorting) {
  const [key, choose] = useState<string | undefined>(undefined);
  const { of, choices, busy } = props;
  const all = choices.categories ?? [];
  const now = choices.category ?? '';
  const chosen = all.find((one) => one.key === key);
  if (all.length === 0) {
    return null;
  }
  const set = (): void => {
    if (key !== undefined && !busy) {
      props.sort(key);
      choose(undefined);
    }
  };
  return (
    <section aria-labelledby="category-title">
      <h3 id="category-title">{t('category')}</h3>
      <label>
        {t('new_category')}
        <select name="category" value={key ?? '?'} onChange={(event) => choose(event.currentTarget.value)}>
          {key === undefined && <option value="?">{t('choose')}</option>}
          {all
            .filter((one) => one.key !== now)
            .map((one) => (
              <option key={one.key} value={one.key}>
                {name_of(one)}
              </option>
            ))}
          {now !== '' && <option value="">{t('no_category')}</option>}
        </select>
      </label>
      {chosen !== undefined && <Meaning of={of} chosen={chosen} />}
      {key !== undefined && (
        <button type="button" aria-disabled={busy} onClick={set}>
          {t('set_category')}
        </button>
      )}
    </section>
  );
}
