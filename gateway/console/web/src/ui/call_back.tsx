// Calls its worker back, who asked for that: one's own phone rings first, and a key there begins it.
import { useState } from 'preact/hooks';

import { api } from '../api/client';
import type { WholeCase } from '../api/types';
import { t } from '../i18n';
import { fresh_key, useActing } from '../state/acting';
import { Refusal } from './refusal';

export function CallBack(props: { of: WholeCase }) {
  const { of } = props;
  const [begun, begin] = useState(false);
  const [key] = useState(fresh_key);
  const acting = useActing();
  const call = async (): Promise<void> => {
    await api.call_worker(of.program, of.id, key);
    begin(true);
  };
  if (begun) {
    return <p>{t('call_back_begun')}</p>;
  }
  return (
    <>
      <p>{t('call_back_explain')}</p>
      <Refusal of={acting.problem} />
      <button type="button" aria-disabled={acting.busy} onClick={() => void acting.run(call)}>
        {t('call_back')}
      </button>
    </>
  );
}
