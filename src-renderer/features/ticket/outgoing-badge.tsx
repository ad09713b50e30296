import { useTranslation } from 'react-i18next';
import type { OutgoingState } from '#shared/bridge/draft.ts';
import { Badge, type Tone } from '../../ui/badge.tsx';
import type { IconName } from '../../ui/icon.tsx';

const looks: Readonly<Record<OutgoingState, { readonly tone: Tone; readonly icon: IconName }>> = {
  queued: { tone: 'accent', icon: 'clock' },
  held: { tone: 'warning', icon: 'hand' },
  sending: { tone: 'accent', icon: 'send' },
  uncertain: { tone: 'warning', icon: 'alert' },
  partial: { tone: 'warning', icon: 'alert' },
  sent: { tone: 'good', icon: 'check' },
  failed: { tone: 'bad', icon: 'alert' },
};

/** Where an outgoing letter stands, in a word. */
export function OutgoingBadge({ state }: { readonly state: OutgoingState }) {
  const { t } = useTranslation();
  return (
    <Badge tone={looks[state].tone} icon={looks[state].icon} title={t(`outgoing.about.${state}`)}>
      {t(`outgoing.state.${state}`)}
    </Badge>
  );
}
