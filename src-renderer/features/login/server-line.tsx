import { useTranslation } from 'react-i18next';
import { readableUrl } from '../ticket/readable-url.ts';

/** Which request server this is about, and the way to another one. */
export function ServerLine({ apiUrl, onOther }: { readonly apiUrl: string; readonly onOther: () => void }) {
  const { t } = useTranslation();
  return (
    <p className="login-server">
      <span>
        {t('login.server')} <strong>{readableUrl(apiUrl.trim()).replace(/\/$/u, '')}</strong>
      </span>
      <button type="button" className="text-button" onClick={onOther}>
        {t('login.otherServer')}
      </button>
    </p>
  );
}
