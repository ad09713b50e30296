import { useTranslation } from 'react-i18next';
import { scaleSize } from './format-size.ts';

/** A file's size in words. */
export function SizeText({ bytes }: { readonly bytes: number }) {
  const { t, i18n } = useTranslation();
  const { value, unit } = scaleSize(bytes);
  const number = i18n.language === 'en' ? String(value) : String(value).replace('.', ',');
  return <span className="size">{t(`size.${unit}`, { number })}</span>;
}
