import type { Editor, Range } from '@tiptap/core';
import { Fragment, Slice, type Node, type Schema } from '@tiptap/pm/model';
import type { Article } from '#shared/protocol/article.ts';
import { findLinks } from '../../ui/find-links.ts';
import { selectSlotFrom } from './slot-marks.ts';

/** Puts an article's title with its link where the cursor is, or in place of `range`; never the article's content. */
export function insertArticle(
  editor: Editor,
  article: Pick<Article, 'title' | 'url'>,
  range: Range = editor.state.selection,
): void {
  const { schema } = editor;
  const link = schema.marks['link']?.create({ href: article.url });
  const title = schema.text(article.title, link === undefined ? [] : [link]);
  editor.view.dispatch(
    editor.state.tr.replaceWith(range.from, range.to, [title, schema.text(' ')]).scrollIntoView(),
  );
  editor.view.focus();
}

/**
 * Puts a text of one or more lines where the cursor is, or in place of `range`; the first and the last line join what
 * stands there. The first slot of it is selected.
 */
export function insertText(editor: Editor, text: string, range: Range = editor.state.selection): void {
  const { schema } = editor;
  const lines = text.split('\n').map((line) => paragraph(schema, line));
  const { tr } = editor.state;
  tr.replaceRange(range.from, range.to, new Slice(Fragment.from(lines), 1, 1));
  const slot = selectSlotFrom(tr.doc, range.from);
  if (slot !== null) tr.setSelection(slot);
  editor.view.dispatch(tr.scrollIntoView());
  editor.view.focus();
}

function paragraph(schema: Schema, line: string): Node {
  const content = findLinks(line).map(({ text, url }) => {
    const link = url === null ? undefined : schema.marks['link']?.create({ href: url });
    return schema.text(text, link === undefined ? [] : [link]);
  });
  return schema.nodes['paragraph']?.create(null, content) ?? schema.topNodeType.create();
}
