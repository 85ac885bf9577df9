// One case: what is known in clear, and what its worker told, opened here with the reader's key and kept nowhere.
import { useEffect, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { WholeCase } from '../api/types';
import { from_base64 } from '../crypto/bytes';
import type { OpenedPart } from '../crypto/case_parts';
import { is_open, lock, open_part } from '../crypto/key_worker';
import { clock_time, language_name, t, word } from '../i18n';
import { useFetched } from '../state/fetched';
import { program, when_closing } from '../state/login';
import { clock_words, holder_of } from '../ui/case_row';
import { Code, Heading, Loaded, Loading, Time, UrgencyMark, Words } from '../ui/parts';
import { Recording } from '../ui/recording';
import { Unlock, refusal_words } from '../ui/unlock';

when_closing(lock);

const most_pages = 100;

/// All of its parts: page after page, as the server hands them out.
async function whole_case(name: string, id: string): Promise<WholeCase> {
  const first = await api.case_of(name, id);
  const parts = [...first.parts];
  for (let page = 1; parts.length < first.parts_total && page < most_pages; ++page) {
    const next = await api.case_of(name, id, parts.length);
    if (next.parts.length === 0) {
      break;
    }
    parts.push(...next.parts);
  }
  return { ...first, parts };
}

function Facts(props: { of: WholeCase }) {
  const one = props.of;
  const holder = holder_of(one);
  return (
    <dl class="facts">
      <dt>{t('status')}</dt>
      <dd>{word('status_', one.status)}</dd>
      {one.family !== '' && <dt>{t('about')}</dt>}
      {one.family !== '' && <dd>{word('family_', one.family)}</dd>}
      <dt>{t('spoken_language')}</dt>
      <dd>{language_name(one.language)}</dd>
      <dt>{t('told_by')}</dt>
      <dd>{word('mode_', one.mode)}</dd>
      <dt>{t('filed_label')}</dt>
      <dd>
        {clock_time(one.filed_hour)} <span class="small">{t('only_hour')}</span>
      </dd>
      {holder !== '' && <dt>{t('with_whom')}</dt>}
      {holder !== '' && <dd>{holder}</dd>}
      {(one.clocks ?? []).length > 0 && <dt>{t('clocks')}</dt>}
      {(one.clocks ?? []).map((clock) => (
        <dd key={clock.name}>
          <span class={`clock clock-${clock.state}`}>
            {word('clock_name_', clock.name)}: {clock_words(clock)}
          </span>
        </dd>
      ))}
    </dl>
  );
}

type Part = OpenedPart | { readonly refused: string };

async function opened(one: WholeCase): Promise<Part[]> {
  return Promise.all(
    one.parts.map(async (sealed): Promise<Part> => {
      try {
        return await open_part(one.program, one.id, from_base64(sealed) ?? new Uint8Array());
      } catch (error) {
        return { refused: refusal_words(error) };
      }
    }),
  );
}

function PartItem(props: { part: Part; of: WholeCase }) {
  const { part, of } = props;
  if ('refused' in part) {
    return (
      <li class="part part-shut">
        <h3>{t('part_not_open')}</h3>
        <p>{part.refused}</p>
      </li>
    );
  }
  const { recording, seconds, text } = part;
  return (
    <li class="part">
      <h3>
        <bdi>{part.name.replaceAll('_', ' ')}</bdi> <Time at={part.at} />
      </h3>
      {recording !== '' && <Recording program={of.program} case_id={of.id} id={recording} seconds={seconds} />}
      {recording === '' && text !== '' && <Words text={text} language={of.language} />}
      {recording === '' && text === '' && <p class="small">{t('silence')}</p>}
    </li>
  );
}

function Timeline(props: { of: WholeCase }) {
  const [parts, set_parts] = useState<readonly Part[] | undefined>(undefined);
  useEffect(() => {
    let meant = true;
    void opened(props.of).then((all) => meant && set_parts(all));
    return () => {
      meant = false;
    };
  }, [props.of]);
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline')}</h2>
      <p class="small">{t('key_is_open')}</p>
      <button type="button" onClick={lock}>
        {t('lock_now')}
      </button>
      {parts === undefined && <Loading />}
      {parts?.length === 0 && <p>{t('no_parts')}</p>}
      <ol class="timeline">
        {parts?.map((part, i) => (
          <PartItem key={i} part={part} of={props.of} />
        ))}
      </ol>
    </section>
  );
}

export default function Case(props: { id?: string }) {
  const name = program.value;
  const id = props.id ?? '';
  const fetched = useFetched(() => whole_case(name, id), [name, id]);
  return (
    <>
      <p>
        <a href="/cases">{t('back_to_cases')}</a>
      </p>
      <Loaded of={fetched}>
        {(one) => (
          <>
            <Heading>
              <Code>{one.alias}</Code> <UrgencyMark urgency={one.urgency} />
            </Heading>
            <p class="small">{t('read_is_noted')}</p>
            <Facts of={one} />
            {is_open.value ? <Timeline of={one} /> : <Unlock />}
          </>
        )}
      </Loaded>
    </>
  );
}
