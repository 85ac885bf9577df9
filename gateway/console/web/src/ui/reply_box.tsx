// A reply to the worker: written, looked over as the worker will read it, and only then sealed here and sent.
//
// What it must not hold is found before it is sealed, on this device: the server never sees the words. A ready answer is picked, not
// written: a call says it also in a language that no voice speaks. The server cannot tell that it is one, nor which.
import { useRef, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { Mailbox, ReadyAnswer, WholeCase } from '../api/types';
import { from_base64, to_base64 } from '../crypto/bytes';
import { seal_reply } from '../crypto/key_worker';
import type { SealedReply } from '../crypto/writing';
import { t } from '../i18n';
import { useActing } from '../state/acting';
import { draft, keep_draft } from '../state/drafts';
import { useFetched } from '../state/fetched';
import { me } from '../state/login';
import { type Screened, is_refused, most_segments, screen_reply, words_of } from '../words/screening';
import { segments } from '../words/segments';
import { Loading, ProblemNote, without_tricks } from './parts';
import { Refusal } from './refusal';

interface Looked {
  readonly words: string;
  readonly doubts: readonly Screened[];
  readonly answer?: string; // the key of the ready answer that it is
}

const Found = (props: { all: readonly Screened[] }) => (
  <ul>
    {props.all.map((one) => (
      <li key={`${one.kind}${one.words}`}>
        <bdi class="name">{without_tricks(one.words)}</bdi> {t(`screen_${one.kind}`)}
      </li>
    ))}
  </ul>
);

/// What stands in the way of sending it.
function fault_of(words: string, found: readonly Screened[]): string {
  if (words === '') {
    return t('reply_empty');
  }
  const count = segments(words);
  if (count > most_segments) {
    return t('reply_long', { count, most: most_segments });
  }
  return found.some(is_refused) ? t('reply_refused') : '';
}

function Fields(props: { text: string; write: (text: string) => void; names: string; name: (names: string) => void }) {
  const { text, write, names, name } = props;
  return (
    <>
      <label>
        {t('reply_words')}
        <textarea
          name="reply"
          rows={5}
          value={text}
          dir="auto"
          autocomplete="off"
          aria-describedby="reply-hint reply-cost"
          onInput={(event) => write(event.currentTarget.value)}
        />
      </label>
      <p id="reply-hint" class="small">
        {t('reply_hint')}
      </p>
      <p id="reply-cost" class="small">
        {t('reply_cost', { count: segments(words_of(text)), most: most_segments })}
      </p>
      <label>
        {t('reply_names')}
        <input name="names" value={names} autocomplete="off" onInput={(event) => name(event.currentTarget.value)} />
      </label>
    </>
  );
}

/// What may be sent as it stands, above the box for own words.
function Picking(props: { to: Mailbox; picked: ReadyAnswer | undefined; pick: (one: ReadyAnswer | undefined) => void }) {
  const { to, picked, pick } = props;
  return (
    <>
      <label>
        {t('reply_ready')}
        <select name="answer" value={picked?.key ?? ''} onChange={(event) => pick(to.answers.find((one) => one.key === event.currentTarget.value))}>
          <option value="">{t('reply_own')}</option>
          {to.answers.map((one) => (
            <option key={one.key} value={one.key}>
              {one.name}
            </option>
          ))}
        </select>
      </label>
      <p role="status" class="small">
        {picked !== undefined && t(`reply_heard_${picked.heard}`, { language: to.language })}
      </p>
    </>
  );
}

function Writing(props: { place: string; to: Mailbox; looked: (looked: Looked) => void }) {
  const [picked, pick] = useState<ReadyAnswer | undefined>(undefined);
  const looked_at_ready = (event: SubmitEvent, one: ReadyAnswer): void => {
    event.preventDefault();
    props.looked({ words: one.words, doubts: [], answer: one.key });
  };
  return (
    <>
      {props.to.answers.length > 0 && <Picking to={props.to} picked={picked} pick={pick} />}
      {picked === undefined ? (
        <OwnWords {...props} />
      ) : (
        <form onSubmit={(event) => looked_at_ready(event, picked)}>
          <button type="submit" class="first">
            {t('reply_look')}
          </button>
        </form>
      )}
    </>
  );
}

function OwnWords(props: { place: string; to: Mailbox; looked: (looked: Looked) => void }) {
  const [text, write] = useState(draft(props.place));
  const [names, name] = useState('');
  const [fault, refuse] = useState('');
  const [found, find] = useState<readonly Screened[]>([]);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = words_of(text);
    const all = screen_reply(words, { names: names.split(','), dangerous: props.to.dangerous_words });
    const why = fault_of(words, all);
    refuse(why);
    find(all.filter(is_refused));
    if (why === '') {
      props.looked({ words, doubts: all });
    }
  };
  const typed = (now: string): void => {
    write(now);
    keep_draft(props.place, now);
  };
  return (
    <form onSubmit={submit}>
      <Fields text={text} write={typed} names={names} name={name} />
      <div role="alert">
        {fault !== '' && (
          <div class="note note-bad">
            <p>{fault}</p>
            <Found all={found} />
          </div>
        )}
      </div>
      <button type="submit" class="first">
        {t('reply_look')}
      </button>
    </form>
  );
}

interface Sending {
  readonly of: WholeCase;
  readonly to: Mailbox;
  readonly looked: Looked;
  readonly back: () => void;
  readonly sent: (reply: SealedReply) => void;
}

function Sending(props: Sending) {
  const { of, to, looked } = props;
  const [meant, mean] = useState(looked.doubts.length === 0);
  const acting = useActing();
  const sealed = useRef<SealedReply | undefined>(undefined); // sent again it is the same reply
  const send = async (): Promise<void> => {
    const mailbox = from_base64(to.mailbox) ?? new Uint8Array();
    const written = {
      text: looked.words,
      by: me.value?.name ?? '',
      at: Math.floor(Date.now() / 1000),
      ...(looked.answer === undefined ? {} : { answer: looked.answer }),
    };
    sealed.current ??= await seal_reply(to.circle, mailbox, of.program, of.id, written);
    const { id, for_circle, for_mailbox } = sealed.current;
    await api.reply(of.program, of.id, { id, for_circle: to_base64(for_circle), for_mailbox: to_base64(for_mailbox) });
    props.sent(sealed.current);
  };
  return (
    <>
      <h4>{t('reply_preview')}</h4>
      <p class="words preview" dir="auto">
        {looked.words}
      </p>
      {looked.doubts.length > 0 && (
        <div class="note">
          <Found all={looked.doubts} />
          <label class="tick">
            <input type="checkbox" checked={meant} onChange={(event) => mean(event.currentTarget.checked)} /> {t('reply_meant')}
          </label>
        </div>
      )}
      <Refusal of={acting.problem} />
      <div class="views">
        <button type="button" class="first" aria-disabled={acting.busy || !meant} onClick={() => void (meant && acting.run(send))}>
          {acting.busy ? t('sending') : t('reply_send')}
        </button>
        <button type="button" onClick={() => void (acting.busy || props.back())}>
          {t('reply_change')}
        </button>
      </div>
    </>
  );
}

export function ReplyBox(props: { of: WholeCase; sent: (reply: SealedReply) => void }) {
  const { of } = props;
  const place = `${of.id} reply`;
  const [looked, look] = useState<Looked | undefined>(undefined);
  const to = useFetched(() => api.mailbox(of.program, of.id), [of.program, of.id]);
  if (to.problem !== undefined) {
    return to.problem.status === 409 ? <p class="note">{t('no_mailbox')}</p> : <ProblemNote problem={to.problem} again={to.again} />;
  }
  if (to.thing === undefined) {
    return <Loading />;
  }
  const sent = (reply: SealedReply): void => {
    keep_draft(place, '');
    props.sent(reply);
  };
  return (
    <section class="box box-worker" aria-labelledby="reply-title">
      <h3 id="reply-title">{t('reply_title')}</h3>
      <p>{t('reply_explain')}</p>
      {to.thing.number_told === false && <p class="note">{t('reply_untold')}</p>}
      {looked === undefined ? (
        <Writing place={place} to={to.thing} looked={look} />
      ) : (
        <Sending of={of} to={to.thing} looked={looked} back={() => look(undefined)} sent={sent} />
      )}
    </section>
  );
}
