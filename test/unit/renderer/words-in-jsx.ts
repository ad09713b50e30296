import { parseSync } from 'vite';

/** Attributes whose text people read or hear. */
const spoken = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'confirm',
  'description',
  'error',
  'label',
  'nothingFoundMessage',
  'placeholder',
  'question',
  'title',
  'words',
]);

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/**
 * Words that a component's source shows by itself instead of taking them from the locale files: text between tags,
 * and strings and templates in attributes that people read or hear.
 *
 * Two letters in a row are a word; single ones, signs and the names of keys are not.
 */
export function wordsInJsx(path: string, source: string): string[] {
  const found: string[] = [];
  walk(parseSync(path, source).program, null, found);
  return found;
}

function walk(value: unknown, place: 'text' | null, found: string[]): void {
  if (Array.isArray(value)) for (const each of value) walk(each, place, found);
  if (!isNode(value)) return;
  switch (value.type) {
    case 'JSXText':
      take(value['value'], found);
      return;
    case 'JSXAttribute':
      walk(value['value'], spoken.has(nameOf(value['name'])) ? 'text' : null, found);
      return;
    case 'JSXElement':
    case 'JSXFragment':
      walk(value['openingElement'], null, found);
      for (const child of asList(value['children'])) {
        const isExpression = isNode(child) && child.type === 'JSXExpressionContainer';
        walk(child, isExpression ? 'text' : null, found);
      }
      return;
    case 'Literal':
      if (place === 'text') take(value['value'], found);
      return;
    case 'TemplateElement':
      if (place === 'text') take(isRecord(value['value']) ? value['value']['cooked'] : null, found);
      return;
    // What a condition chooses is shown, what it asks is not; arguments and keys are no text.
    case 'ConditionalExpression':
      walk(value['test'], null, found);
      walk(value['consequent'], place, found);
      walk(value['alternate'], place, found);
      return;
    case 'LogicalExpression':
      walk(value['left'], null, found);
      walk(value['right'], place, found);
      return;
    case 'JSXExpressionContainer':
    case 'TemplateLiteral':
    case 'ParenthesizedExpression':
      for (const child of Object.values(value)) walk(child, place, found);
      return;
    default:
      for (const child of Object.values(value)) walk(child, null, found);
  }
}

/** Keys are called alike everywhere. */
const keys = /^(?:(?:Ctrl|Alt|Shift)(?:\+\S+)+|Enter|Esc)$/u;

function take(text: unknown, found: string[]): void {
  if (typeof text !== 'string' || keys.test(text.trim())) return;
  if (/\p{L}\p{Ll}|\p{Ll}\p{L}/u.test(text)) found.push(text.trim());
}

function nameOf(name: unknown): string {
  return isNode(name) && typeof name['name'] === 'string' ? name['name'] : '';
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function isNode(value: unknown): value is Node {
  return isRecord(value) && typeof value['type'] === 'string';
}
