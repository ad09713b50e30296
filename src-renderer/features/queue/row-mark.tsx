import { Icon, type IconName } from '../../ui/icon.tsx';

/** A drawing that says something small of a ticket; its words are for the pointer and for screen readers. */
export function RowMark({
  icon,
  words,
  count,
  tone = 'plain',
}: {
  readonly icon: IconName;
  readonly words: string;
  readonly count?: number;
  readonly tone?: 'plain' | 'warning' | 'accent';
}) {
  return (
    <span className="row-mark" data-tone={tone} title={words}>
      <Icon name={icon} size={14} />
      {count !== undefined && <span aria-hidden="true">{count}</span>}
      <span className="unseen">{words}</span>
    </span>
  );
}
