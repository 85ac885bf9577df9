// What somebody writes of a case: to its worker, or for the team. Never both at once, so that nothing lands in the wrong box.
import { useState } from 'preact/hooks';

import type { WholeCase } from '../api/types';
import { to_base64 } from '../crypto/bytes';
import { t } from '../i18n';
import { NoteBox } from './note_box';
import { ReplyBox } from './reply_box';

type Box = 'reply' | 'note';

export function Compose(props: { of: WholeCase; replied: (id: string, sealed: string) => void; noted: (sealed: string) => void }) {
  const [box, open] = useState<Box | undefined>(undefined);
  const [done, say] = useState('');
  const choose = (one: Box): void => {
    say('');
    open(box === one ? undefined : one);
  };
  const finish = (words: string): void => {
    open(undefined);
    say(words);
  };
  return (
    <section class="compose" aria-labelledby="compose-title">
      <h2 id="compose-title">{t('compose')}</h2>
      <div class="views">
        <button type="button" aria-expanded={box === 'reply'} onClick={() => choose('reply')}>
          {t('compose_reply')}
        </button>
        <button type="button" aria-expanded={box === 'note'} onClick={() => choose('note')}>
          {t('compose_note')}
        </button>
      </div>
      <div role="status">{done !== '' && <p class="note note-good">{done}</p>}</div>
      {box === 'reply' && (
        <ReplyBox
          of={props.of}
          sent={(reply) => {
            props.replied(reply.id, to_base64(reply.for_circle));
            finish(t('reply_sent'));
          }}
        />
      )}
      {box === 'note' && (
        <NoteBox
          of={props.of}
          kept={(sealed) => {
            props.noted(sealed);
            finish(t('note_kept'));
          }}
        />
      )}
    </section>
  );
}
