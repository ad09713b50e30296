import type { RichTextEditorLabels } from '@mantine/tiptap';
import type { TFunction } from 'i18next';

/** Words of the editor's buttons. */
export function editorLabels(t: TFunction): Partial<RichTextEditorLabels> {
  return {
    boldControlLabel: t('compose.editor.bold'),
    italicControlLabel: t('compose.editor.italic'),
    underlineControlLabel: t('compose.editor.underline'),
    bulletListControlLabel: t('compose.editor.bulletList'),
    orderedListControlLabel: t('compose.editor.orderedList'),
    blockquoteControlLabel: t('compose.editor.blockquote'),
    linkControlLabel: t('compose.editor.link'),
    unlinkControlLabel: t('compose.editor.unlink'),
    clearFormattingControlLabel: t('compose.editor.clear'),
    undoControlLabel: t('compose.editor.undo'),
    redoControlLabel: t('compose.editor.redo'),
    linkEditorInputLabel: t('compose.editor.address'),
    linkEditorInputPlaceholder: 'https://',
    linkEditorExternalLink: t('compose.editor.newWindow'),
    linkEditorInternalLink: t('compose.editor.sameWindow'),
    linkEditorSave: t('app.save'),
  };
}
