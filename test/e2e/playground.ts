/**
 * Drives the Agents Playground in a browser as a member of staff would: says things, fills cards in, presses buttons.
 * Nothing here waits for a fixed time: what the Playground tells its page (a WebSocket) and the page itself are watched.
 */
/// <reference lib="dom" />
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

const screenshots = path.join(import.meta.dirname, 'screenshots');
const pictures = path.join(path.dirname(path.dirname(import.meta.dirname)), 'docs', 'images');
const patience = 20_000;
/** As in `.m365agentsplayground.yml`. */
const botName = 'Hjemvej';

/** What a press led to. `local`: the card changed by itself (a fold, or a missing answer) and the bot was not asked. */
export interface Outcome {
  kind: 'card' | 'message' | 'error' | 'local';
  /** The card's text, or the bot's message or error as it is shown below the card. */
  text: string;
}

export interface OpenOptions {
  /** Shows the browser: HEADED=1. */
  headless?: boolean;
  viewport?: { width: number; height: number };
}

interface Frame {
  action?: string;
  actionConversationId?: string;
  log?: {
    from?: string;
    activityName?: string;
    conversationId?: string;
    request?: { body?: { text?: string } };
    response?: { statusCode?: number; body?: unknown };
  };
}

export class Playground {
  readonly page: Page;
  /** Errors that the page threw: the Playground's own, or a card that it could not draw. */
  readonly pageErrors: string[] = [];
  readonly #browser: Browser;
  readonly #turns: NonNullable<Frame['log']>[] = [];
  readonly #labels = new Map<string, string>();
  /** In which conversation each message of the bot arrived. */
  readonly #arrivals: string[] = [];

  private constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.page = page;
  }

  static async open(address: string, options: OpenOptions = {}): Promise<Playground> {
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      headless: options.headless ?? process.env.HEADED !== '1',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    try {
      const page = await browser.newPage({
        viewport: options.viewport ?? { width: 1280, height: 1000 },
        locale: 'da-DK',
        timezoneId: 'Europe/Copenhagen',
        deviceScaleFactor: 2,
        reducedMotion: 'reduce',
      });
      const playground = new Playground(browser, page);
      await playground.#start(address);
      return playground;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #start(address: string): Promise<void> {
    const { page } = this;
    page.setDefaultTimeout(patience);
    page.on('pageerror', (error) => this.pageErrors.push(error.message));
    page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => this.#hear(String(payload))));
    page.on('response', (response) => {
      if (isInvoke(response.url())) void response.text().then((text) => this.#learnLabels(text), nothing);
    });
    // The page asks for fonts on the internet; without it the answer should come at once, and be "no".
    await page.route('**/*', (route) =>
      isLocal(route.request().url()) ? route.continue() : route.abort('internetdisconnected'),
    );
    await page.goto(address);
    await this.#box().waitFor();
    await this.until(
      () => this.#turns.some((turn) => turn.activityName === 'installationUpdate'),
      'the bot to be installed',
    );
    await page.getByRole('button', { name: 'Toggle Log Panel' }).click();
  }

  // --- what the tester does

  /** Says something in the open chat and waits until the bot's turn is over and its answers are on the screen. */
  async say(text: string): Promise<string> {
    return this.#speak(text, async () => {
      await this.page.keyboard.insertText(text);
      await this.page.keyboard.press('Enter');
    });
  }

  async #speak(text: string, write: () => Promise<void>): Promise<string> {
    const before = {
      turns: this.#turns.length,
      shown: await this.#botMessages().count(),
      arrived: this.#arrivals.length,
    };
    await this.#box().click();
    await write();
    const turn = (): NonNullable<Frame['log']> | undefined =>
      this.#turns.slice(before.turns).find((each) => each.activityName === 'message' && said(each).endsWith(text));
    await this.until(() => turn() !== undefined, `the bot's turn on "${text}" to end`);
    const { statusCode: status = 0, body } = turn()?.response ?? {};
    if (status < 200 || status > 299) {
      await this.fail(`The bot answered "${text}" with HTTP ${status}: ${JSON.stringify(body)}`);
    }
    // Meanwhile something may have arrived elsewhere: in one's own chat, say, while this is a channel.
    const here = turn()?.conversationId;
    const arrivedHere = (): number => this.#arrivals.slice(before.arrived).filter((where) => where === here).length;
    const expected = (): number => before.shown + Math.max(1, arrivedHere());
    await this.until(async () => (await this.#botMessages().count()) >= expected(), `an answer to "${text}"`);
    return this.lastMessage();
  }

  /** Says something to the bot in a channel or a group chat, where it is called only when it is mentioned. */
  async mention(text: string): Promise<string> {
    return this.#speak(text, async () => {
      await this.page.keyboard.type('@');
      await this.page.getByRole('menuitem').filter({ hasText: botName }).click();
      await this.page.keyboard.insertText(` ${text}`);
      const post = this.#chat().getByRole('button', { name: 'Post', exact: true });
      if ((await post.count()) > 0) await post.first().click();
      else await this.page.keyboard.press('Enter');
    });
  }

  /** Opens another chat or channel by its name on the left: 'Personal Chat', 'Hjemvej-gruppen', 'Beboergennemgang'. */
  async openChat(name: string): Promise<void> {
    const items = this.page.getByRole('treeitem');
    const item = items.filter({ hasText: name }).first();
    if ((await item.count()) === 0) {
      await this.fail(`There is no chat "${name}", only: ${(await items.allInnerTexts()).map(oneLine).join(' | ')}`);
    }
    await item.click();
    await this.#box().waitFor();
  }

  /** In the newest card: see {@link Card.fill}. */
  async fill(field: string, value: string | boolean): Promise<void> {
    await this.lastCard().fill(field, value);
  }

  /** In the newest card: see {@link Card.choose}. */
  async choose(field: string, ...options: string[]): Promise<void> {
    await this.lastCard().choose(field, ...options);
  }

  /** In the newest card: see {@link Card.press}. */
  async press(button: string): Promise<Outcome> {
    return this.lastCard().press(button);
  }

  // --- what the tester sees

  lastCard(): Card {
    return new Card(this, this.#cards().last());
  }

  /** The newest card that holds this text. It is looked up anew at every use, so pick a text that stays. */
  card(text: string | RegExp): Card {
    return new Card(this, this.#cards().filter({ hasText: text }).last());
  }

  /**
   * The card that is the newest now (of those with this text): it stays the same `Card` when others arrive below it and
   * when a press replaces what it shows. With `after`, only those that came after so many.
   */
  async theCard(text: string | RegExp | ((shown: string) => boolean) = '', { after = 0 } = {}): Promise<Card> {
    const all = this.#cards();
    const fits = typeof text === 'function' ? text : (shown: string): boolean => holds(shown, text);
    const found = async (): Promise<number> =>
      (await all.allInnerTexts()).findLastIndex((shown, index) => index >= after && fits(shown));
    await this.until(async () => (await found()) >= 0, `a card with ${text}`);
    return new Card(this, all.nth(await found()));
  }

  /** How many cards the open chat shows. */
  async cardCount(): Promise<number> {
    return this.#cards().count();
  }

  async lastMessage(): Promise<string> {
    return (await this.#botMessages().last().innerText()).trim();
  }

  /** Everything in the open chat, as text: what the error messages of this driver show. */
  async text(): Promise<string> {
    return (await this.#chat().innerText()).replace(/\n\s*\n+/g, '\n').trim();
  }

  /** Waits for a text anywhere in the open chat: for messages that the bot sends of its own accord. */
  async waitFor(text: string | RegExp, { timeout = patience } = {}): Promise<void> {
    const shown = async (): Promise<boolean> => {
      const now = await this.text();
      return holds(now, text);
    };
    await this.until(shown, `${text instanceof RegExp ? text : `"${text}"`} in the chat`, timeout);
  }

  /** Remarks by the Playground on what it cannot show, such as a card's `refresh`. */
  async warnings(): Promise<string[]> {
    return this.#chat()
      .getByText(/not supported( yet)? in Microsoft 365 Agents/i)
      .allInnerTexts();
  }

  // --- pictures

  /**
   * A picture of the newest card, of a certain one or of the whole chat in `test/e2e/screenshots/`. With `forDocs`, a
   * name for it, and HJEMVEJ_PICTURES=1 also in `docs/images/`.
   */
  async screenshot(name: string, options: { of?: 'chat' | 'card' | Card; forDocs?: string } = {}): Promise<string> {
    const { of = 'chat' } = options;
    const target = of === 'chat' ? this.#chat() : of === 'card' ? this.#cards().last() : of.frame;
    await mkdir(screenshots, { recursive: true });
    const file = path.join(screenshots, `${name}.png`);
    await this.page.mouse.move(1, 1);
    await this.#showNotices(false);
    const picture = await this.#picture(target).finally(() => this.#showNotices(true));
    await writeFile(file, picture);
    if (options.forDocs !== undefined && process.env.HJEMVEJ_PICTURES === '1') {
      await mkdir(pictures, { recursive: true });
      await writeFile(path.join(pictures, `${options.forDocs}.png`), picture);
    }
    return file;
  }

  /**
   * Hides the Playground's own "Your response was sent to the app", which is no part of a card. (To press it away would
   * draw the card anew, without what was filled in.)
   */
  async #showNotices(shown: boolean): Promise<void> {
    await this.#chat().evaluate(
      (chat, display) => {
        for (const text of chat.querySelectorAll<HTMLElement>('.fui-Text')) {
          if (text.textContent?.startsWith('Your response') !== true) continue;
          let part: HTMLElement | null = text;
          while (part !== null && part.parentElement?.querySelector('.ac-adaptiveCard') === null)
            part = part.parentElement;
          if (part !== null) part.style.display = display;
        }
      },
      shown ? '' : 'none',
    );
  }

  /** Long chats scroll inside the page, so the window is made high enough first. Empty space below is cut off. */
  async #picture(target: Locator): Promise<Buffer> {
    const size = this.page.viewportSize() ?? { width: 1280, height: 1000 };
    const hidden = await this.#chat().evaluate((chat) =>
      Math.max(0, ...[...chat.querySelectorAll('*')].map((each) => each.scrollHeight - each.clientHeight)),
    );
    const height = Math.min(8_000, size.height + hidden);
    if (height !== size.height) await this.page.setViewportSize({ ...size, height });
    try {
      // A message that arrives meanwhile scrolls the chat down, and what is pictured out of sight.
      const area = await target.evaluate((element) => {
        element.scrollIntoView({ block: 'nearest' });
        const { left, top, width, bottom } = element.getBoundingClientRect();
        const messages = element.querySelectorAll('[aria-label="Message header"], [aria-label="Message header"] ~ *');
        const bottoms = [...messages].map((each) => each.getBoundingClientRect().bottom);
        const end = bottoms.length === 0 ? bottom : Math.min(bottom, Math.max(...bottoms) + 24);
        return { x: left, y: Math.max(0, top), width, height: end - Math.max(0, top) };
      });
      return await this.page.screenshot({ clip: area, animations: 'disabled', caret: 'hide' });
    } finally {
      if (height !== size.height) await this.page.setViewportSize(size);
    }
  }

  // --- for Card

  /** The label of an input by its id in the card's JSON, for cards that were seen on the wire. */
  labelOf(id: string): string | undefined {
    return this.#labels.get(id);
  }

  // --- the page

  #box(): Locator {
    return this.page.locator('[contenteditable=true][role=textbox]').first();
  }

  /** The column of the open chat: all around the box for messages that does not hold the list of chats too. */
  #chat(): Locator {
    const list = '@role="region" and @aria-label="Chat and Teams Channel"';
    const box = '//*[@contenteditable="true" and @role="textbox"]';
    return this.page.locator(`xpath=(${box}/ancestor::*[not(.//*[${list}])])[1]`);
  }

  #cards(): Locator {
    return this.#botMessages().filter({ has: this.page.locator('.ac-preview-panel') });
  }

  /** A chat shows each message of the bot as an output card; a channel shows it as a reply that begins with its face. */
  #botMessages(): Locator {
    const inChannel = this.page.locator(`.fui-Card .fui-Avatar[aria-label="${botName}"]`).locator('xpath=../..');
    return this.page.locator('.fai-OutputCard').or(inChannel);
  }

  #hear(payload: string): void {
    let frame: Frame;
    try {
      frame = JSON.parse(payload) as Frame;
    } catch {
      return;
    }
    if (frame.action === 'createMessage') this.#arrivals.push(frame.actionConversationId ?? '');
    if (frame.action === 'createMessage' || frame.action === 'updateMessage') this.#learnLabels(payload);
    if (frame.log?.from === 'Microsoft 365 Agents Playground') this.#turns.push(frame.log);
  }

  #learnLabels(json: string): void {
    const look = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(look);
      if (typeof value !== 'object' || value === null) return;
      const { type, id, label, title } = value as Record<string, unknown>;
      const name = label ?? title;
      if (typeof type === 'string' && type.startsWith('Input.') && typeof id === 'string' && typeof name === 'string') {
        this.#labels.set(id, name);
      }
      Object.values(value).forEach(look);
    };
    try {
      look(JSON.parse(json));
    } catch {
      // not JSON: nothing to learn
    }
  }

  /** Waits until something is so; what it was is said when it does not come. */
  async until(done: () => boolean | Promise<boolean>, what: string, timeout = patience): Promise<void> {
    const latest = Date.now() + timeout;
    while (!(await done())) {
      if (Date.now() > latest) await this.fail(`Waited ${timeout / 1000} s for ${what}.`);
      await this.page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 30)));
    }
  }

  /** Throws, and says what was on the screen. */
  async fail(message: string): Promise<never> {
    const seen = await this.text().catch(() => '(the page is gone)');
    const errors = this.pageErrors.length === 0 ? '' : `\n\nThe page threw: ${this.pageErrors.join('; ')}`;
    throw new Error(`${message}\n\nOn the screen was:\n${seen.split('\n').slice(-60).join('\n')}${errors}`);
  }
}

/** A card in the chat. It is looked up anew at every use: what a press puts in its place is the same `Card`. */
export class Card {
  readonly #playground: Playground;
  /** The message that the card is in. */
  readonly frame: Locator;

  constructor(playground: Playground, frame: Locator) {
    this.#playground = playground;
    this.frame = frame;
  }

  async text(): Promise<string> {
    return (await this.#body().innerText()).replace(/\n\s*\n+/g, '\n').trim();
  }

  /** The titles of the buttons that can be seen; '...' is the menu with more of them. */
  async buttons(): Promise<string[]> {
    return (await this.#buttons().allInnerTexts()).map(oneLine).filter((title) => title !== '');
  }

  /** The bot's message or error below the card, as the last press left it. */
  async notice(): Promise<string | undefined> {
    const text = await this.frame.evaluate((frame) => {
      const card = frame.querySelector('.ac-adaptiveCard');
      const below = [...frame.querySelectorAll<HTMLElement>('.fui-Text')].filter(
        (each) => card !== null && card.compareDocumentPosition(each) === Node.DOCUMENT_POSITION_FOLLOWING,
      );
      return below.at(-1)?.innerText.trim();
    });
    return text;
  }

  /**
   * Writes a value into an input, found by its label or its id.
   * Dates are `YYYY-MM-DD`, times `HH:MM`; a toggle takes true or false.
   */
  async fill(field: string, value: string | boolean): Promise<void> {
    const input = await this.#input(field);
    if (typeof value === 'boolean') return input.setChecked(value);
    const looks = (await input.getAttribute('class')) ?? '';
    const popup = await input.getAttribute('aria-haspopup');
    if (popup === 'dialog') return this.#pickDate(input, value);
    await input.fill(value);
    if (looks.includes('TimePicker')) await input.press('Enter');
    else await input.blur();
  }

  /** Chooses in a list: drop-down, typed-in search, radio buttons or boxes; several only where several are allowed. */
  async choose(field: string, ...options: string[]): Promise<void> {
    const input = await this.#input(field);
    if ((await input.getAttribute('role')) === 'combobox') {
      await input.click();
      for (const option of options) {
        const list = this.#playground.page.getByRole('option');
        const wanted = list.filter({ hasText: exactly(option) }).first();
        await this.#present(wanted, `the choice "${option}" of "${field}"`, () => list.allInnerTexts());
        await wanted.click();
      }
      await input.press('Escape').catch(nothing);
      return;
    }
    for (const option of options) {
      const label = input
        .locator('label')
        .filter({ hasText: exactly(option) })
        .first();
      const others = (): Promise<string[]> => input.locator('label').allInnerTexts();
      await this.#present(label, `the choice "${option}" of "${field}"`, others);
      await input.locator(`[id="${await label.getAttribute('for')}"]`).check();
    }
  }

  /** What an input holds now. */
  async value(field: string): Promise<string | boolean> {
    const input = await this.#input(field);
    return (await input.getAttribute('type')) === 'checkbox' ? input.isChecked() : input.inputValue();
  }

  /** Presses a button and waits until the bot's answer is on the screen, or the card has changed by itself. */
  async press(title: string): Promise<Outcome> {
    const { page } = this.#playground;
    const button = await this.#button(title);
    const before = await this.#fingerprint();
    const drawing = await this.#drawing();

    let asked = false;
    const notice = (request: { url(): string }): void => void (asked ||= isInvoke(request.url()));
    page.on('request', notice);
    const answer = page.waitForResponse((response) => isInvoke(response.url()), { timeout: 60_000 });
    answer.catch(nothing);
    try {
      await button.click();
      const changed = async (): Promise<boolean> => asked || (await this.#fingerprint()) !== before;
      await this.#playground.until(changed, `something to happen after "${title}" was pressed`, 5_000);
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    } finally {
      page.off('request', notice);
    }
    if (!asked) return { kind: 'local', text: await this.text() };

    const response = await answer;
    const body = (await response.json().catch(() => ({}))) as { type?: string; value?: unknown };
    if (!response.ok()) {
      return this.#playground.fail(`"${title}": the bot answered the Playground badly: ${JSON.stringify(body)}`);
    }
    if (body.type === 'application/vnd.microsoft.activity.message') {
      const text = String(body.value);
      await this.#shown(text);
      return { kind: 'message', text };
    }
    if (body.type === 'application/vnd.microsoft.error') {
      const text = (body.value as { message?: string } | undefined)?.message ?? '';
      await this.#shown(text);
      return { kind: 'error', text };
    }
    await this.#playground.until(async () => (await this.#drawing()) !== drawing, `the card that answers "${title}"`);
    return { kind: 'card', text: await this.text() };
  }

  /** Presses the button in the part of the card that was unfolded: it is the last one. */
  async confirm(): Promise<Outcome> {
    return this.press((await this.buttons()).at(-1) ?? '');
  }

  async #pickDate(input: Locator, value: string): Promise<void> {
    const [year, month, day] = value.split('-').map(Number);
    if (year === undefined || month === undefined || day === undefined) throw new Error(`Not a date: ${value}`);
    const { page } = this.#playground;
    await input.click();
    const calendar = page.locator('.fui-DatePicker__popupSurface');
    const heading = calendar.locator('.fui-CalendarDay__monthAndYear').first();
    await heading.waitFor();
    for (let steps = 0; steps < 600; steps += 1) {
      const shown = new Date(`1 ${await heading.innerText()} UTC`);
      const away = (year - shown.getUTCFullYear()) * 12 + (month - 1 - shown.getUTCMonth());
      if (away === 0) break;
      const was = await heading.innerText();
      await calendar.locator(`button[title^="${away > 0 ? 'Next' : 'Previous'} month"]`).click();
      await this.#playground.until(async () => (await heading.innerText()) !== was, 'the calendar to turn its page');
    }
    const monthName = new Intl.DateTimeFormat('en-US', { month: 'long', timeZone: 'UTC' });
    const name = `${day}, ${monthName.format(Date.UTC(year, month - 1, day))}, ${year}`;
    await calendar.locator(`button[aria-label="${name}"], td[aria-label="${name}"]`).first().click();
    await calendar.waitFor({ state: 'detached' });
  }

  async #shown(text: string): Promise<void> {
    await this.#playground.until(async () => (await this.frame.innerText()).includes(text), `the notice "${text}"`);
  }

  async #input(field: string): Promise<Locator> {
    const names = [field, this.#playground.labelOf(field)].filter((name) => name !== undefined).map(plain);
    const find = (): Promise<{ id: string | null; text: string }[]> =>
      this.#body()
        .locator('label[for]')
        .evaluateAll((all) =>
          all.map((each) => ({ id: each.getAttribute('for'), text: (each as HTMLElement).innerText })),
        );
    let labels = await find();
    const wanted = (): string | null | undefined => labels.find(({ text }) => names.includes(plain(text)))?.id;
    const there = async (): Promise<boolean> => {
      labels = await find();
      return wanted() !== undefined;
    };
    const latest = Date.now() + 3_000;
    while (!(await there()) && Date.now() < latest)
      await this.#playground.page.evaluate(() => new Promise(requestAnimationFrame));
    const id = wanted();
    if (id === undefined || id === null) {
      const known = labels.map(({ text }) => `"${plain(text)}"`).join(', ');
      return this.#playground.fail(`The card has no input "${field}"; it has ${known || 'none'}.`);
    }
    return this.#body().locator(`[id="${id}"]`);
  }

  async #button(title: string): Promise<Locator> {
    const named = this.#buttons().filter({ hasText: exactly(title) });
    if ((await named.count()) > 0) return named.last();
    const more = this.#body()
      .locator('button')
      .filter({ hasText: /^(…|\.\.\.)$/ });
    if ((await more.count()) > 0) {
      await more.last().click();
      const item = this.#playground.page.getByRole('menuitem', { name: title, exact: true });
      const shown = await item.waitFor({ timeout: 2_000 }).then(
        () => true,
        () => false,
      );
      if (shown) return item;
      await this.#playground.page.keyboard.press('Escape');
    }
    const known = (await this.buttons()).map((each) => `"${each}"`).join(', ');
    return this.#playground.fail(`The card has no button "${title}"; it has ${known || 'none'}.`);
  }

  async #present(locator: Locator, what: string, others: () => Promise<string[]>): Promise<void> {
    await locator.waitFor({ timeout: 5_000 }).catch(async () => {
      await this.#playground.fail(`${what} is not there, only: ${(await others()).map(oneLine).join(' | ')}`);
    });
  }

  /** What the eye sees of the card, and which folds are open. */
  async #fingerprint(): Promise<string> {
    return this.#body().evaluate((element) => {
      const folds = [...element.querySelectorAll('[aria-expanded]')].map((each) => each.getAttribute('aria-expanded'));
      return `${(element as HTMLElement).innerText} ${folds.join()}`;
    });
  }

  /** The renderer gives every element a new id each time that it draws a card, also when it looks the same. */
  async #drawing(): Promise<string> {
    const ids = this.#body().locator('[id^="__ac-"]');
    return ids.evaluateAll((all) => all.map((each) => each.id).join());
  }

  #body(): Locator {
    return this.frame.locator('.ac-preview-panel .ac-adaptiveCard').first();
  }

  #buttons(): Locator {
    return this.#body().locator('.ac-actionSet button:visible');
  }
}

const nothing = (): void => {};
const exactly = (text: string): RegExp => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\s*$`);
const holds = (shown: string, text: string | RegExp): boolean =>
  typeof text === 'string' ? shown.includes(text) : text.test(shown);
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
const plain = (label: string): string => oneLine(label).replace(/\s*\*$/, '');
const said = (turn: NonNullable<Frame['log']>): string => turn.request?.body?.text?.trim() ?? '';
const isInvoke = (url: string): boolean => new URL(url).pathname.endsWith('/_conversation/v1/invoke');
const isLocal = (url: string): boolean =>
  !/^https?:/.test(url) || ['localhost', '127.0.0.1'].includes(new URL(url).hostname);
