import type { LetterId } from '#shared/ids.ts';
import type { SelectedPart } from './start-draft.ts';

/**
 * The part of a shown letter that the agent has marked; null where nothing is marked, or more than one letter.
 *
 * Letters in HTML are shown in frames without an origin: what is marked there stays there, unless the agent has the
 * letter shown as text.
 */
export function selectedPart(page: Pick<Document, 'getSelection'>): SelectedPart | null {
  const selection = page.getSelection();
  if (selection === null || selection.isCollapsed) return null;
  const begin = letterAround(selection.anchorNode);
  const end = letterAround(selection.focusNode);
  const letterId = begin?.dataset['letterId'];
  const text = selection.toString().trim();
  if (begin !== end || letterId === undefined || text === '') return null;
  return { letterId: letterId as LetterId, text };
}

function letterAround(node: Node | null): HTMLElement | null {
  const element = node instanceof Element ? node : node?.parentElement;
  return element?.closest<HTMLElement>('[data-letter-id]') ?? null;
}
