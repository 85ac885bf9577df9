// A sound that the page has, to be played; and said when the browser cannot.
import { useState } from 'preact/hooks';

import { t } from '../i18n';

/// Whoever made it revokes it.
export const wave_address = (bytes: Uint8Array<ArrayBuffer>): string => URL.createObjectURL(new Blob([bytes], { type: 'audio/wav' }));

export function Player(props: { source: string; label: string }) {
  const [silent, set_silent] = useState(false);
  return (
    <>
      <audio
        controls
        autoplay={false}
        controlsList="nodownload noremoteplayback"
        src={props.source}
        aria-label={props.label}
        onError={() => set_silent(true)}
      />
      {silent && <p class="note note-bad">{t('cannot_play')}</p>}
    </>
  );
}
