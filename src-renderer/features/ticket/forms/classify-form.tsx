import { useTranslation } from 'react-i18next';
import { languageOf } from '../../../language/words.ts';
import { useDesk } from '../../../state/desk-context.ts';
import { ChoiceList, type Choice } from '../../../ui/choice-list.tsx';

const none = 'none';

/** The kinds of work of the regulation, in its order. */
export function ClassifyForm({
  category,
  onClassify,
}: {
  readonly category: string | null;
  readonly onClassify: (category: string | null) => void;
}) {
  const { t, i18n } = useTranslation();
  const { rules } = useDesk();
  const language = languageOf(i18n);
  const choices: Choice<string>[] = [
    ...rules.current.categories.map(({ id, item, title }) => ({
      id,
      label: title[language],
      ...(item === null ? {} : { detail: t('category.item', { item }) }),
      isCurrent: id === category,
    })),
    ...(category === null ? [] : [{ id: none, label: t('category.clear') }]),
  ];
  return (
    <ChoiceList
      label={t('category.find')}
      choices={choices}
      nothing={t('category.nothing')}
      onChoose={(id) => onClassify(id === none ? null : id)}
    />
  );
}
