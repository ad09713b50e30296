import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { slotNames } from '#shared/text/slots.ts';

/** Puts slots into a text where its cursor stands. */
export function SlotButtons({ onInsert }: { readonly onInsert: (slot: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className="slot-buttons" role="group" aria-label={t('templates.slots')}>
      {slotNames.map((name) => (
        <Button key={name} size="compact-xs" variant="default" onClick={() => onInsert(`{{${name}}}`)}>
          {t(`templates.slot.${name}`)}
        </Button>
      ))}
      <Button
        size="compact-xs"
        variant="default"
        onClick={() => onInsert(`{{?${t('templates.slot.sampleQuestion')}}}`)}
      >
        {t('templates.slot.question')}
      </Button>
    </div>
  );
}
