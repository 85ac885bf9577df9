// The reports that belong together with a case: shown, linked by the name that people say, and parted again. Nothing is merged.
import { useState } from 'preact/hooks';

import { Problem, api } from '../api/client';
import type { CaseFacts, LinkedCase, WholeCase } from '../api/types';
import { t, word } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { may } from '../state/rights';
import { spoken } from '../words/spoken';
import { Code, ProblemNote, UrgencyMark } from './parts';

const page_size = 1000;
const most_pages = 100;

/// The server knows reports by their ids; people by their names. Nothing: there is none of this name for who asks.
async function named(program: string, name: string): Promise<CaseFacts | undefined> {
  let cursor = '';
  for (let page = 0; page < most_pages; ++page) {
    const { cases, next } = await api.cases({ program, limit: page_size, cursor });
    const found = cases.find((one) => spoken(one.alias) === spoken(name));
    if (found !== undefined || next == null || next === '') {
      return found;
    }
    cursor = next;
  }
  return undefined;
}

const problem_of = (error: unknown): Problem => (error instanceof Problem ? error : new Problem(0, ''));

function Parting(props: { of: WholeCase; other: LinkedCase; parted: () => void }) {
  const acting = useActing();
  const part = async (): Promise<void> => {
    await api.link(props.of.program, props.of.id, props.other.id, false, fresh_key());
    props.parted();
  };
  return (
    <>
      {acting.problem !== undefined && <ProblemNote problem={problem_of(acting.problem)} />}
      <button type="button" aria-disabled={acting.busy} onClick={() => void acting.run(part)}>
        {t('part_link')} <Code>{props.other.alias}</Code>
      </button>
    </>
  );
}

function Linking(props: { of: WholeCase; linked: (other: LinkedCase) => void }) {
  const { of } = props;
  const [typed, type] = useState('');
  const [fault, refuse] = useState('');
  const acting = useActing();
  const link = async (): Promise<void> => {
    const other = await named(of.program, typed);
    if (other === undefined || other.id === of.id) {
      refuse(t(other === undefined ? 'link_unknown' : 'link_itself'));
      return;
    }
    await api.link(of.program, of.id, other.id, true, fresh_key());
    type('');
    props.linked(other);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    refuse(typed.trim() === '' ? t('link_unknown') : '');
    if (typed.trim() !== '') {
      void acting.run(link);
    }
  };
  return (
    <form onSubmit={submit}>
      <label>
        {t('link_name')}
        <input name="link" value={typed} autocomplete="off" autocapitalize="characters" spellcheck={false} onInput={(event) => type(event.currentTarget.value)} />
      </label>
      <p class="small">{t('link_explain')}</p>
      <div role="alert">{fault !== '' && <p class="note note-bad">{fault}</p>}</div>
      {acting.problem !== undefined && <ProblemNote problem={problem_of(acting.problem)} />}
      <button type="submit" aria-disabled={acting.busy}>
        {t('link_it')}
      </button>
    </form>
  );
}

export function Links(props: { of: WholeCase; changed: (of: WholeCase) => void }) {
  const { of, changed } = props;
  const links = of.links ?? [];
  const others = (other: LinkedCase): readonly LinkedCase[] => links.filter((one) => one.id !== other.id);
  const [done, say] = useState('');
  const set = (now: readonly LinkedCase[], words: string): void => {
    changed({ ...of, links: now });
    say(words);
  };
  return (
    <>
      <div role="status">{done !== '' && <p class="note note-good">{done}</p>}</div>
      {links.length > 0 && (
        <section class="links" aria-labelledby="links-title">
          <h2 id="links-title">{t('links')}</h2>
          <ul class="rows">
            {links.map((one) => (
              <li key={one.id} class="row">
                <a href={`/cases/${one.id}`}>
                  <UrgencyMark urgency={one.urgency} /> <Code>{one.alias}</Code> <span class="status">{word('status_', one.status)}</span>
                </a>
                {may('work_case') && <Parting of={of} other={one} parted={() => set(others(one), t('parted'))} />}
              </li>
            ))}
          </ul>
        </section>
      )}
      {may('work_case') && (
        <details class="linking">
          <summary>{t('link_another')}</summary>
          <Linking of={of} linked={(other) => set([...others(other), other], t('linked'))} />
        </details>
      )}
    </>
  );
}
