// @vitest-environment jsdom
import { Editor } from '@tiptap/core';
import '@tiptap/starter-kit';
import { afterEach, describe, expect, test } from 'vitest';
import { documentText } from '#renderer/features/compose/document-text.ts';
import { editorExtensions, keepSpaces } from '#renderer/features/compose/editor-extensions.ts';
import { sayFirstWordsIn, withFirstWords } from '#renderer/features/compose/first-words.ts';
import { insertArticle, insertText } from '#renderer/features/compose/insert-content.ts';
import { placedSlots } from '#renderer/features/compose/slot-marks.ts';
import { startAnswer } from '#renderer/features/compose/start-draft.ts';
import { textHtml } from '#renderer/features/compose/text-html.ts';
import {
  content,
  draft as sampleDraft,
  letter,
  receivedAt,
  service,
  ticket,
} from '../renderer/sample-ticket.ts';

const russian = { show: 'Показать', hide: 'Свернуть', remove: 'Убрать' };
const words = { read: () => russian, watch: () => () => undefined };
const editors: Editor[] = [];
afterEach(() => {
  for (const editor of editors.splice(0)) editor.destroy();
});

function write(html: string): Editor {
  const editor = new Editor({ extensions: editorExtensions(words, false), content: html, ...keepSpaces });
  editors.push(editor);
  return editor;
}

const textOf = (editor: Editor) => documentText(editor.getJSON());

describe('the editor of a letter', () => {
  test('begins with the very words of the draft, and looking changes nothing', () => {
    const draft = startAnswer({
      id: '01900000-0000-7000-8000-0000000000aa' as Parameters<typeof startAnswer>[0]['id'],
      ticket: ticket(),
      version: 1,
      letters: [letter(1, { content: content(1, { text: 'Раз & <два>\n\nТри' }) })],
      ownAddress: service.address,
      now: receivedAt,
      signature: { fromName: '', text: 'С уважением,\nАнна' },
      attribution: () => 'Ирина:',
    });
    const editor = write(draft.html);
    expect(textOf(editor)).toBe(draft.text);
    expect(editor.getHTML()).toBe(draft.html);
  });

  test.each(['', 'Раз  два', 'Раз\n\nДва', '> Раз\n> > Два\n\nДа.', 'a < b & c'])(
    'keeps the text %j',
    (text) => {
      expect(textOf(write(textHtml(text)))).toBe(text.replaceAll('> >', '>>'));
    },
  );

  test('cleans what is pasted: no scripts, pictures, styles or dangerous links', () => {
    const editor = write(
      '<h1 style="color:red">Раз</h1><img src="https://spy.example/p.gif"><p onclick="x()">Два <a href="javascript:alert(1)">там</a> <a href="https://x.by/">тут</a></p><table><tr><td>Три</td></tr></table>',
    );
    expect(editor.getHTML()).toBe('<p>Раз</p><p>Два там <a href="https://x.by/">тут</a></p><p>Три</p>');
  });

  test('inserts an article as its title with the link, and takes it back', () => {
    const editor = write('<p>См. </p>');
    editor.commands.focus('end');
    insertArticle(editor, { title: 'Квота', url: 'https://kb.example/1' });
    expect(textOf(editor)).toBe('См. Квота <https://kb.example/1>');
    editor.commands.undo();
    expect(textOf(editor)).toBe('См.');
    editor.commands.redo();
    expect(editor.getHTML()).toContain('<a href="https://kb.example/1">Квота</a>');
  });

  test('inserts the lines of a template where the cursor is, and selects its first slot', () => {
    const editor = write('<p>Здравствуйте! Пока.</p>');
    editor.commands.setTextSelection(15);
    insertText(editor, 'Раз\n\nДо {{?дата}} и {{?время}}\nhttps://x.by/ ');
    expect(textOf(editor)).toBe('Здравствуйте! Раз\n\nДо {{?дата}} и {{?время}}\nhttps://x.by/ Пока.');
    const { from, to } = editor.state.selection;
    expect(editor.state.doc.textBetween(from, to)).toBe('{{?дата}}');
    editor.commands.insertContent('1 мая');
    expect(textOf(editor)).toContain('До 1 мая и {{?время}}');
  });

  test('knows the slots of the agent, also across formatting, not those of the client', () => {
    const editor = write(
      '<p>До {{?<strong>дата</strong>}} и<br>{{нечто}}</p><div data-quoted=""><p>{{?цитата}}</p></div>',
    );
    const { doc } = editor.state;
    expect(placedSlots(doc).map(({ kind, from, to }) => [kind, doc.textBetween(from, to)])).toEqual([
      ['question', '{{?дата}}'],
      ['unknown', '{{нечто}}'],
    ]);
  });

  test('speaks the language that the desk has at the time', () => {
    let said = russian;
    const listeners = new Set<() => void>();
    const live = {
      read: () => said,
      watch: (changed: () => void) => {
        listeners.add(changed);
        return () => void listeners.delete(changed);
      },
    };
    const editor = new Editor({
      extensions: editorExtensions(live, false),
      content: '<p>Раз</p><div data-quoted=""><p>цитата</p></div>',
      ...keepSpaces,
    });
    const buttons = () => [...editor.view.dom.querySelectorAll('button')].map((each) => each.textContent);
    expect(buttons()).toEqual(['Показать', 'Убрать']);
    said = { show: 'Паказаць', hide: 'Згарнуць', remove: 'Прыбраць' };
    for (const changed of listeners) changed();
    expect(buttons()).toEqual(['Паказаць', 'Прыбраць']);
    expect(textOf(editor)).toBe('Раз\nцитата');
    editor.destroy();
    expect(listeners.size).toBe(0);
  });

  test('refuses what would make the letter longer than a draft can be', () => {
    const editor = write('<p>Раз</p>');
    editor.commands.insertContent('ы'.repeat(950_000));
    expect(textOf(editor)).toBe('Раз');
  });
});

describe('the words that a form began a letter with', () => {
  const said = { ru: 'Здравствуйте!\n\n– адрес', be: 'Добры дзень!\n– адрас', en: 'Hello!\n– address' };
  const begin = () => {
    const words = { text: said.ru, answerKind: 'clarification', to: null } as const;
    const empty = sampleDraft({ text: '\n\nАнна', html: '<p></p><p></p><p>Анна</p>' });
    return write(withFirstWords(empty, words, []).html);
  };

  test('are said in another language, and in the first one again', () => {
    const editor = begin();
    const before = textOf(editor);
    sayFirstWordsIn(editor, said, 'be');
    expect(textOf(editor)).toBe('Добры дзень!\n– адрас\n\nАнна');
    sayFirstWordsIn(editor, said, 'ru');
    expect(textOf(editor)).toBe(before);
  });

  test('stay as the agent made them', () => {
    const editor = begin();
    editor.commands.insertContentAt(1, 'Мария, ');
    const changed = textOf(editor);
    sayFirstWordsIn(editor, said, 'en');
    expect(textOf(editor)).toBe(changed);
  });
});
