// What was passed on to one's organisation, opened here with its circle's key and kept nowhere; and stepping back from it.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';

import { api } from '../api/client';
import type { ReferredCase } from '../api/types';
import { from_base64 } from '../crypto/bytes';
import type { OpenedPart } from '../crypto/case_parts';
import { is_open, lock, open_part } from '../crypto/key_worker';
import { clock_time, language_name, t, word } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { useFetched } from '../state/fetched';
import { program, when_closing } from '../state/login';
import { Code, Heading, Loaded, Loading, Time, UrgencyMark, Words } from '../ui/parts';
import { Recording } from '../ui/recording';
import { Refusal } from '../ui/refusal';
import { Unlock, refusal_words } from '../ui/unlock';

when_closing(lock);

const most_pages = 20;

/// All copies of it.
async function whole_copy(side: string, id: string): Promise<ReferredCase> {
  const first = await api.referred(side, id, 0);
  const parts = [...first.parts];
  for (let page = 1; page < most_pages && parts.length < first.parts_total; ++page) {
    const next = await api.referred(side, id, parts.length);
    parts.push(...next.parts);
    if (next.parts.length === 0) {
      break;
    }
  }
  return { ...first, parts };
}

type Opened = OpenedPart | { readonly refused: string };

async function opened(of: ReferredCase): Promise<Opened[]> {
  return Promise.all(
    of.parts.map((sealed) =>
      open_part(of.program, of.id, from_base64(sealed) ?? new Uint8Array()).catch((error: unknown) => ({ refused: refusal_words(error) })),
    ),
  );
}

function Part(props: { of: ReferredCase; side: string; part: Opened }) {
  const { of, part, side } = props;
  if ('refused' in part) {
    return (
      <li class="part part-shut">
        <h3>{t('part_not_open')}</h3>
        <p>{part.refused}</p>
      </li>
    );
  }
  return (
    <li class="part">
      <h3>
        <bdi>{part.name.replaceAll('_', ' ')}</bdi> <Time at={part.at} />
      </h3>
      {part.recording !== '' && <Recording of={{ program: of.program, id: of.id }} id={part.recording} seconds={part.seconds} side={side} />}
      {part.recording === '' && (part.text === '' ? <p class="small">{t('silence')}</p> : <Words text={part.text} language={of.language} />)}
    </li>
  );
}

function Copies(props: { of: ReferredCase; side: string }) {
  const [all, set_all] = useState<readonly Opened[] | undefined>(undefined);
  const { of } = props;
  useEffect(() => {
    let meant = true;
    void opened(of).then((list) => meant && set_all(list));
    return () => {
      meant = false;
    };
  }, [of.parts]);
  return (
    <section aria-labelledby="timeline-title">
      <h2 id="timeline-title">{t('timeline')}</h2>
      <p class="small">{t('key_is_open')}</p>
      <button type="button" onClick={lock}>
        {t('lock_now')}
      </button>
      {all === undefined && <Loading />}
      <ol class="timeline">
        {all?.map((one, i) => (
          <Part key={i} of={of} side={props.side} part={one} />
        ))}
      </ol>
    </section>
  );
}

const Facts = (props: { of: ReferredCase }) => (
  <dl class="facts">
    <dt>{t('status')}</dt>
    <dd>{word('status_', props.of.status)}</dd>
    {props.of.family !== '' && <dt>{t('about')}</dt>}
    {props.of.family !== '' && <dd>{word('family_', props.of.family)}</dd>}
    <dt>{t('spoken_language')}</dt>
    <dd>{language_name(props.of.language)}</dd>
    <dt>{t('told_by')}</dt>
    <dd>{word('mode_', props.of.mode)}</dd>
    <dt>{t('filed_label')}</dt>
    <dd>
      {clock_time(props.of.filed_hour)} <span class="small">{t('only_hour')}</span>
    </dd>
    <dt>{t('offer_by')}</dt>
    <dd dir="auto">{t('offer_from', { from: props.of.from, name: props.of.by })}</dd>
  </dl>
);

function SteppingBack(props: { side: string; id: string }) {
  const { route } = useLocation();
  const [sure, be_sure] = useState(false);
  const acting = useActing();
  const key = useRef(fresh_key());
  const step = async (): Promise<void> => {
    await api.step_back(props.side, props.id, key.current);
    route('/referrals');
  };
  return (
    <details>
      <summary>{t('step_back')}</summary>
      <p>{t('step_back_explain')}</p>
      <label class="tick">
        <input type="checkbox" name="sure" checked={sure} onChange={(event) => be_sure(event.currentTarget.checked)} /> {t('step_back_sure')}
      </label>
      <Refusal of={acting.problem} />
      <button type="button" aria-disabled={!sure || acting.busy} onClick={() => sure && void acting.run(step)}>
        {t('step_back')}
      </button>
    </details>
  );
}

export default function Referred(props: { id?: string }) {
  const side = program.value;
  const id = props.id ?? '';
  const fetched = useFetched(() => whole_copy(side, id), [side, id]);
  return (
    <>
      <p>
        <a href="/referrals">{t('back_to_referrals')}</a>
      </p>
      <Loaded of={fetched}>
        {(of) => (
          <>
            <Heading>
              <Code>{of.alias}</Code> <UrgencyMark urgency={of.urgency} />
            </Heading>
            <p class="small">{t('referred_is_noted')}</p>
            <Facts of={of} />
            {is_open.value ? <Copies of={of} side={side} /> : <Unlock words={t('referred_sealed')} />}
            <SteppingBack side={side} id={id} />
          </>
        )}
      </Loaded>
    </>
  );
}
