import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { Agent } from './agent.ts';
import { startService, type Service } from './start-service.ts';
import { cutOff } from './take-screenshots.ts';
import { deliverSampleLetters, tourArrival, tourDesk } from './tour.ts';
import { plainDress, wear, type Dress } from './wear.ts';

let service: Service;

test.beforeAll(async () => {
  test.setTimeout(180_000);
  service = await startService();
  await deliverSampleLetters(service);
});

test.afterAll(async () => {
  await service.stop();
});

/** What only a look can break is asked in each of them; the rest is the same in all. */
const looks: readonly (Partial<Dress> & { readonly rules: readonly string[] | null })[] = [
  { colorScheme: 'dark', rules: ['color-contrast'] },
  { colorScheme: 'dark', contrast: 'high', rules: ['color-contrast-enhanced'] },
  { colorScheme: 'light', contrast: 'high', rules: ['color-contrast-enhanced'] },
  { colorScheme: 'light', rules: null },
];

/** What axe finds serious or critical, as `rule: element`. What clients wrote into their letters is theirs. */
async function findings(page: Page, rules: readonly string[] | null): Promise<readonly string[]> {
  const axe = new AxeBuilder({ page }).setLegacyMode(true).exclude('iframe');
  // What lies behind a dialog has been looked at before it was opened.
  if (await page.getByRole('dialog').first().isVisible()) axe.include('[role="dialog"]');
  const { violations } = await (rules === null ? axe : axe.withRules([...rules])).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} (${any[0]?.message ?? ''})`),
    );
}

test('no screen has a serious finding in any look, and none is cut off at twice the size', async () => {
  test.setTimeout(600_000);
  const agent = await Agent.start(service, await service.newUserData());
  const { page } = agent;
  const visit = async (screen: string): Promise<void> => {
    for (const { rules, ...dress } of looks) {
      await wear(page, dress);
      const look = `${dress.colorScheme ?? ''} ${dress.contrast ?? ''}`;
      expect.soft(await findings(page, rules), `${screen}, ${look}`).toEqual([]);
    }
    await wear(page, { zoom: 2 });
    expect.soft(await cutOff(page), `${screen}, twice the size`).toEqual([]);
    await wear(page, plainDress);
  };

  await page.setViewportSize({ width: 1366, height: 768 });
  await wear(page, plainDress);
  await tourArrival(agent, service, visit);
  await tourDesk(agent, service, visit);
});

test('the keyboard reaches every part of the desk, sees where it is and is never caught', async () => {
  test.setTimeout(120_000);
  const agent = await Agent.arrive(service, service.admin);
  const { page } = agent;
  await page.setViewportSize({ width: 1366, height: 768 });
  await expect(agent.queue.getByRole('option').first()).toBeVisible();

  await test.step('Tab goes through all parts and comes round', async () => {
    // The list takes the keyboard when its first rows come; whoever wants to be elsewhere must come after that.
    await expect(agent.queue.getByRole('listbox')).toBeFocused();
    const skip = page.getByRole('link', { name: 'К содержанию' });
    await skip.focus();
    // The first of all: from the one behind it, back comes to it.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    const seen = new Set<string>();
    const unseen: string[] = [];
    await expect(skip).toBeFocused();
    for (let presses = 0; presses < 80; presses += 1) {
      const at = await page.evaluate(() => {
        const element = document.activeElement;
        if (!(element instanceof HTMLElement) || element === document.body) return null;
        const place = element.closest('header, nav, footer, [role="separator"], [role="listbox"], section');
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return {
          place: place?.getAttribute('aria-label') ?? place?.tagName ?? '',
          // The list marks the row that its keys act on.
          isMarked:
            (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2) ||
            element.getAttribute('role') === 'listbox',
          html: element.outerHTML.slice(0, 120),
        };
      });
      if (at === null) break;
      seen.add(at.place);
      if (!at.isMarked) unseen.push(at.html);
      await page.keyboard.press('Tab');
    }
    expect(unseen).toEqual([]);
    expect([...seen]).toEqual(
      expect.arrayContaining(['HEADER', 'Страницы', 'Разделы очереди', 'Заявки: Ждут ответа', 'Состояние']),
    );
  });

  await test.step('the skip link leads past the bar', async () => {
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'К содержанию' });
    await skip.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('dialogs hold the keyboard and give it back', async () => {
    await agent.queue.getByRole('option').first().click();
    await expect(agent.ticket.getByRole('button', { name: 'Ответить' })).toBeVisible();
    const list = agent.queue.getByRole('listbox');
    for (const key of ['F1', 'Control+KeyK', 'KeyP', 'KeyA']) {
      await list.focus();
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog');
      await expect(dialog).toBeVisible();
      for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press('Tab');
      expect(await dialog.evaluate((element) => element.contains(document.activeElement))).toBe(true);
      // What is being written down of a call does not go by a wrong key.
      if (key === 'KeyP') await dialog.getByRole('button', { name: 'Закрыть' }).press('Enter');
      else await page.keyboard.press('Escape');
      await expect(dialog).toBeHidden();
      await expect(list).toBeFocused();
    }
  });
});
