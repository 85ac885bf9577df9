// What was told, what was written back and what the team noted, in their order, each opened here and kept nowhere.
import { useEffect, useState } from 'preact/hooks';

import type { WholeCase } from '../api/types';
import { from_base64 } from '../crypto/bytes';
import type { OpenedPart } from '../crypto/case_parts';
import { lock, open_note, open_part, open_reply } from '../crypto/key_worker';
import type { Written } from '../crypto/writing';
import { t } from '../i18n';
import { Hour, Loading, Time, Words } from './parts';
import { Recording } from './recording';
import { refusal_words } from './unlock';

type Opened =
  | ({ readonly kind: 'part' } & OpenedPart)
  | ({ readonly kind: 'reply'; readonly read_hour: number } & Written)
  | ({ readonly kind: 'note' } & Written)
  | { readonly kind: 'shut'; readonly at: number; readonly refused: string };

const bytes_of = (sealed: string): Uint8Array => from_base64(sealed) ?? new Uint8Array();

async function or_shut(opening: Promise<Opened>): Promise<Opened> {
  try {
    return await opening;
  } catch (error) {
    return { kind: 'shut', at: -1, refused: refusal_words(error) };
  }
}

/// One that does not open stands behind the one before it.
function placed(all: readonly Opened[]): Opened[] {
  let last = 0;
  return all.map((one) => {
    const there = one.kind === 'shut' && one.at < 0 ? { ...one, at: last } : one;
    last = there.at;
    return there;
  });
}

async function opened(of: WholeCase, notes: readonly string[]): Promise<Opened[]> {
  const { program, id } = of;
  const part = async (sealed: string): Promise<Opened> => ({ kind: 'part', ...(await open_part(program, id, bytes_of(sealed))) });
  const note = async (sealed: string): Promise<Opened> => ({ kind: 'note', ...(await open_note(program, id, bytes_of(sealed))) });
  const replies = (of.thread ?? []).map(async (one): Promise<Opened> => {
    const words = await open_reply(program, id, one.id, bytes_of(one.sealed));
    return { kind: 'reply', read_hour: one.read_hour, ...words };
  });
  const lists = [of.parts.map(part), replies, notes.map(note)].map((list) => Promise.all(list.map(or_shut)));
  return (await Promise.all(lists)).flatMap(placed).sort((one, other) => one.at - other.at);
}

const PartWords = (props: { part: OpenedPart; of: WholeCase }) => {
  const { recording, seconds, text } = props.part;
  if (recording !== '') {
    return <Recording of={props.of} id={recording} seconds={seconds} />;
  }
  return text === '' ? <p class="small">{t('silence')}</p> : <Words text={text} language={props.of.language} />;
};

const Reading = (props: { hour: number }) => (
  <p class="small">
    {props.hour === 0 ? t('reply_waits') : t('reply_was_read')} {props.hour !== 0 && <Hour at={props.hour} />}
  </p>
);

function Item(props: { one: Opened; of: WholeCase }) {
  const { one, of } = props;
  if (one.kind === 'shut') {
    return (
      <li class="part part-shut">
        <h3>{t('part_not_open')}</h3>
        <p>{one.refused}</p>
      </li>
    );
  }
  if (one.kind === 'part') {
    return (
      <li class="part">
        <h3>
          <bdi>{one.name.replaceAll('_', ' ')}</bdi> <Time at={one.at} />
        </h3>
        <PartWords part={one} of={of} />
      </li>
    );
  }
  return (
    <li class={`part box-${one.kind === 'note' ? 'team' : 'worker'}`}>
      <h3>
        <span dir="auto">{t(one.kind === 'note' ? 'note_by' : 'reply_by', { name: one.by })}</span> <Time at={one.at} />
      </h3>
      <Words text={one.text} />
      {one.kind === 'reply' && one.answer !== undefined && <p class="small">{t('reply_was_ready', { key: one.answer })}</p>}
      {one.kind === 'reply' && <Reading hour={one.read_hour} />}
    </li>
  );
}

export function Timeline(props: { of: WholeCase; notes: readonly string[] | undefined }) {
  const [all, set_all] = useState<readonly Opened[] | undefined>(undefined);
  const { of, notes } = props;
  useEffect(() => {
    let meant = true;
    void opened(of, notes ?? []).then((list) => meant && set_all(list));
    return () => {
      meant = false;
    };
  }, [of.parts, of.thread, notes]);
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline')}</h2>
      <p class="small">{t('key_is_open')}</p>
      <button type="button" onClick={lock}>
        {t('lock_now')}
      </button>
      {(all === undefined || notes === undefined) && <Loading />}
      {all?.length === 0 && <p>{t('no_parts')}</p>}
      <ol class="timeline">
        {all?.map((one, i) => (
          <Item key={i} one={one} of={of} />
        ))}
      </ol>
    </section>
  );
}
