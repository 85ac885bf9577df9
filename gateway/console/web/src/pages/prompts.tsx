// What calls play: prompts and languages, what is recorded of them and what is not, and each line to record, hear and approve.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import { type PromptCell, type PromptLine, type PromptState, type Prompts as All, type PromptLanguage, prompt_states } from '../api/types';
import { language_name, t, word } from '../i18n';
import { type Fetched, useFetched } from '../state/fetched';
import { program } from '../state/login';
import { Heading, Loaded } from '../ui/parts';
import { OneLine } from '../ui/prompt_line';
import { Parcel } from '../ui/prompt_parcel';

type Shown = PromptState | 'waiting' | ''; // "": all
const at_once = 25; // lines on the page; more when asked for

interface Choice {
  readonly language: string;
  readonly state: Shown;
  readonly name: string; // one line alone; "": all
}

const waits = (line: PromptLine): boolean => line.take?.state === 'waiting' && line.outdated !== true;
const is_shown = (line: PromptLine, { state, name }: Choice): boolean =>
  name === '' ? state === '' || (state === 'waiting' ? waits(line) : line.state === state) : line.name === name;

const Counts = (props: { of: PromptLanguage }) => (
  <dl class="facts">
    {[...prompt_states, 'waiting' as const].flatMap((one) => [<dt key={`${one}-name`}>{word('prompt_', one)}</dt>, <dd key={one}>{props.of[one]}</dd>])}
  </dl>
);

function Languages(props: { of: All; chosen: string; choose: (choice: Choice) => void }) {
  return (
    <ul class="cards">
      {props.of.languages.map((one) => (
        <li key={one.language} class="card">
          <h2>
            <bdi>{language_name(one.language)}</bdi>
          </h2>
          <Counts of={one} />
          <button type="button" aria-pressed={props.chosen === one.language} onClick={() => props.choose({ language: one.language, state: '', name: '' })}>
            {t('prompts_show')} <bdi>{language_name(one.language)}</bdi>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Cell(props: { of: PromptCell | undefined; label: string; open: () => void }) {
  const { of } = props;
  if (of === undefined) {
    return <td>–</td>;
  }
  const words = of.take === undefined ? word('prompt_', of.state) : `${word('prompt_', of.state)} + ${word('take_is_', of.take)}`;
  return (
    <td>
      <button type="button" class="plain" aria-label={`${props.label}: ${words}`} onClick={props.open}>
        {words}
      </button>
    </td>
  );
}

/// Prompts down, languages across.
function Matrix(props: { of: All; choose: (choice: Choice) => void }) {
  const { languages, prompts } = props.of;
  const [state, set_state] = useState<Shown>('');
  const meant = (cell: PromptCell | undefined): boolean => cell !== undefined && (state === 'waiting' ? cell.take === 'waiting' : cell.state === state);
  const rows = prompts.filter(({ cells }) => state === '' || Object.values(cells).some(meant));
  return (
    <details>
      <summary>{t('prompts_matrix')}</summary>
      <StateChoice state={state} choose={set_state} />
      <div class="wide" role="region" aria-label={t('prompts_matrix')} tabIndex={0}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('prompts_line')}</th>
              {languages.map(({ language }) => (
                <th key={language} scope="col">
                  <bdi>{language_name(language)}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, cells }) => (
              <tr key={name}>
                <th scope="row">
                  <bdi class="line-name">{name}</bdi>
                </th>
                {languages.map(({ language }) => (
                  <Cell key={language} of={cells[language]} label={`${name}, ${language_name(language)}`} open={() => props.choose({ language, state: '', name })} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

const StateChoice = (props: { state: Shown; choose: (state: Shown) => void }) => (
  <label>
    {t('prompts_state')}
    <select value={props.state} onChange={(event) => props.choose(event.currentTarget.value as Shown)}>
      <option value="">{t('prompts_all')}</option>
      {[...prompt_states, 'waiting' as const].map((one) => (
        <option key={one} value={one}>
          {word('prompt_', one)}
        </option>
      ))}
    </select>
  </label>
);

function Lines(props: { of: readonly PromptLine[]; choice: Choice; choose: (choice: Choice) => void; changed: (said: string) => void }) {
  const { of, choice, choose, changed } = props;
  const [most, set_most] = useState(at_once);
  const shown = of.filter((one) => is_shown(one, choice));
  return (
    <>
      {choice.name === '' ? (
        <StateChoice state={choice.state} choose={(state) => choose({ ...choice, state })} />
      ) : (
        <button type="button" onClick={() => choose({ ...choice, name: '' })}>
          {t('prompts_all_lines')}
        </button>
      )}
      <p role="status">{t('prompts_count', { count: shown.length })}</p>
      <ul class="cards">
        {shown.slice(0, most).map((one) => (
          <OneLine key={one.name} language={choice.language} line={one} changed={changed} />
        ))}
      </ul>
      {shown.length > most && (
        <button type="button" onClick={() => set_most(most + at_once)}>
          {t('prompts_more')}
        </button>
      )}
      <Parcel language={choice.language} lines={of} changed={changed} />
    </>
  );
}

function Language(props: { choice: Choice; choose: (choice: Choice) => void; matrix: Fetched<All> }) {
  const { choice } = props;
  const name = program.value;
  const [said, say] = useState('');
  const fetched = useFetched(() => api.prompt_lines(name, choice.language), [name, choice.language]);
  const changed = (words: string): void => {
    say(words);
    fetched.anew();
    props.matrix.anew();
  };
  return (
    <section aria-labelledby="lines-title">
      <h2 id="lines-title">
        <bdi>{language_name(choice.language)}</bdi>
      </h2>
      <div role="status">{said !== '' && <p class="note note-good">{said}</p>}</div>
      <Loaded of={fetched}>{(of) => <Lines key={choice.name} of={of} choice={choice} choose={props.choose} changed={changed} />}</Loaded>
    </section>
  );
}

export default function Prompts() {
  const name = program.value;
  const [choice, choose] = useState<Choice>({ language: '', state: '', name: '' });
  const fetched = useFetched(() => api.prompts(name), [name]);
  return (
    <>
      <Heading>{t('prompts')}</Heading>
      <p>{t('prompts_explain')}</p>
      <Loaded of={fetched}>
        {(of) => (
          <>
            <Languages of={of} chosen={choice.language} choose={choose} />
            <Matrix of={of} choose={choose} />
            {choice.language !== '' && <Language key={choice.language} choice={choice} choose={choose} matrix={fetched} />}
          </>
        )}
      </Loaded>
    </>
  );
}
