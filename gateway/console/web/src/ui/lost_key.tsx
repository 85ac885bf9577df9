// What is lost with a passphrase, a code or a device, and what the other members can do: said plainly, before it happens.
import { t } from '../i18n';

export const LostKey = () => (
  <details class="lost">
    <summary>{t('keys_lost')}</summary>
    <p>{t('keys_lost_passphrase')}</p>
    <p>{t('keys_lost_both')}</p>
    <p>{t('keys_lost_alone')}</p>
    <p>{t('keys_lost_device')}</p>
  </details>
);
