import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { loadSanitiser } from '#main/mailbox/sanitise-html.ts';
import { letterHtml } from '#main/outgoing/letter-html.ts';

/** What stands in the body, as a browser reads it. */
function bodyOf(html: string): string {
  return new JSDOM(html).window.document.body.innerHTML.trim();
}

describe('the HTML of a letter', () => {
  test.each([
    ['<p>Раз</p><p></p>', '<p style="margin:0">Раз</p><p style="margin:0"><br></p>'],
    ['<p>a &lt; b &amp;&nbsp;c</p>', '<p style="margin:0">a &lt; b &amp;&nbsp;c</p>'],
    ['<p>Раз<br>Два</p>', '<p style="margin:0">Раз<br>Два</p>'],
    ['<div data-quoted=""><p>Раз</p></div>', '<div><p style="margin:0">Раз</p></div>'],
    ['<h1 onclick="x()">Раз</h1><img src=x onerror=x()>', 'Раз'],
    ['<a href="javascript:x()">Раз</a>', '<a>Раз</a>'],
    ["<a href='https://x.by/?a=\"&b'>Раз</a>", '<a href="https://x.by/?a=&quot;&amp;b">Раз</a>'],
    ['<script>x()</script><style>p{}</style><svg><p>Раз</p></svg>', ''],
    ['<!-- <p>x</p> --><p>Раз', '<p style="margin:0">Раз</p>'],
  ])('%s', (html, expected) => {
    expect(bodyOf(letterHtml(html))).toBe(expected);
  });

  test('asks nobody for anything, and the sanitiser of shown letters finds nothing to take away', async () => {
    const sanitise = await loadSanitiser();
    const hostile = [
      '<p style="background:url(https://spy.example)">Раз</p>',
      '<ol start="3"><li><p>Раз</p></li></ol><ul><li>Два</li></ul>',
      '<blockquote cite="https://spy.example"><p><strong>Раз</strong> <em>два</em> <u>три</u></p></blockquote>',
      '<form action="https://spy.example"><input name=a></form><iframe src="https://spy.example"></iframe>',
      '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>',
      '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p><a href="https://x.by/" style="x" target="_blank">y</a>',
      '</div></body><p>Раз</p></p></p><link rel=stylesheet href="https://spy.example">',
    ].join('');
    const body = bodyOf(letterHtml(hostile));
    expect(body).not.toContain('spy.example');
    const shown = new JSDOM(sanitise(body)).window.document.body;
    const written = new JSDOM(body).window.document.body;
    // The sanitiser writes style attributes its own way.
    for (const element of [...shown.querySelectorAll('[style]'), ...written.querySelectorAll('[style]')]) {
      element.removeAttribute('style');
    }
    expect(shown.innerHTML).toBe(written.innerHTML);
  });
});
