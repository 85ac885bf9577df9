// A note for the team: sealed here to the circle; no worker hears it.
import { useRef, useState } from 'preact/hooks';

import { api } from '../api/client';
import type { WholeCase } from '../api/types';
import { to_base64 } from '../crypto/bytes';
import { seal_note } from '../crypto/key_worker';
import { t } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { draft, keep_draft } from '../state/drafts';
import { me } from '../state/login';
import { clean_text } from '../words/folding';
import { Refusal } from './refusal';

const longest = 16_000; // bytes

export function NoteBox(props: { of: WholeCase; kept: (sealed: string) => void }) {
  const { of } = props;
  const place = `${of.id} note`;
  const [text, write] = useState(draft(place));
  const [fault, refuse] = useState('');
  const acting = useActing();
  const once = useRef<{ sealed: string; key: string } | undefined>(undefined); // of these words
  const keep = async (words: string): Promise<void> => {
    if (once.current === undefined) {
      const { circle } = await api.case_circle(of.program, of.id);
      const note = { text: words, by: me.value?.name ?? '', at: Math.floor(Date.now() / 1000) };
      once.current = { sealed: to_base64(await seal_note(circle, of.program, of.id, note)), key: fresh_key() };
    }
    const { sealed, key } = once.current;
    await api.note(of.program, of.id, sealed, key);
    keep_draft(place, '');
    props.kept(sealed);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const words = clean_text(text).trim();
    const long = new TextEncoder().encode(words).length > longest;
    refuse(words === '' ? t('note_empty') : long ? t('note_long') : '');
    if (words !== '' && !long) {
      void acting.run(() => keep(words));
    }
  };
  const typed = (now: string): void => {
    write(now);
    keep_draft(place, now);
    once.current = undefined;
  };
  return (
    <section class="box box-team" aria-labelledby="note-title">
      <h3 id="note-title">{t('note_title')}</h3>
      <p>{t('note_explain')}</p>
      <form onSubmit={submit}>
        <label>
          {t('note_words')}
          <textarea
            name="note"
            rows={5}
            value={text}
            dir="auto"
            autocomplete="off"
            readOnly={acting.busy}
            onInput={(event) => typed(event.currentTarget.value)}
          />
        </label>
        <div role="alert">{fault !== '' && <p class="note note-bad">{fault}</p>}</div>
        <Refusal of={acting.problem} />
        <button type="submit" aria-disabled={acting.busy}>
          {acting.busy ? t('sending') : t('note_keep')}
        </button>
      </form>
    </section>
  );
}
