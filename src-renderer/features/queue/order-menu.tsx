import { Menu } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { queueOrders } from '../../cache/queue-listing.ts';
import { useQueueView } from '../../state/queue-view.ts';
import { Icon } from '../../ui/icon.tsx';

/** In which order the list stands, and the others to choose from. */
export function OrderMenu() {
  const { t } = useTranslation();
  const { order, setOrder } = useQueueView();
  return (
    <Menu position="bottom-end" width={250}>
      <Menu.Target>
        <button
          type="button"
          className="quiet-button queue-order"
          aria-label={t('queue.orderLabel', { order: t(`queue.order.${order}`) })}
        >
          {t(`queue.order.${order}`)}
          <Icon name="chevron" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={order}
          onChange={(chosen) => setOrder(queueOrders.find((each) => each === chosen) ?? order)}
        >
          {queueOrders.map((each) => (
            <Menu.RadioItem key={each} value={each} closeMenuOnClick>
              {t(`queue.order.${each}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
