/** Microsoft's own renderer in a browser made of JavaScript: what it says against a card, and what a person reads. */
import { createRequire } from 'node:module';
import { MOST_ACTIONS } from './contract.ts';

// Neither package has types that fit here: this is all that is used of them.
interface Event {
  readonly event: number;
  readonly message: string;
}
interface Context {
  readonly eventCount: number;
  getEventAt(index: number): Event;
}
interface OfficialCard {
  hostConfig: unknown;
  parse(json: unknown, context: Context): void;
  render(): { readonly textContent: string };
  validateProperties(): { readonly validationEvents: readonly Event[] };
}
interface Renderer {
  AdaptiveCard: (new () => OfficialCard) & {
    onProcessMarkdown: (text: string, result: { outputHtml?: string; didProcess: boolean }) => void;
  };
  CardElement: { readonly langProperty: { readonly regEx: RegExp } };
  HostConfig: new (config: unknown) => unknown;
  SerializationContext: new () => Context;
}

const require = createRequire(import.meta.url);
const { JSDOM } = require('jsdom') as { JSDOM: new (html: string) => { window: Record<string, unknown> } };
const { window } = new JSDOM('<!doctype html>');
for (const name of [
  'document',
  'Node',
  'Element',
  'HTMLElement',
  'HTMLInputElement',
  'HTMLButtonElement',
  'MouseEvent',
  'KeyboardEvent',
])
  Object.assign(globalThis, { [name]: window[name] });
Object.assign(globalThis, { window });
// jsdom lays nothing out, so it has no innerText; what the renderer writes there is plain text.
Object.defineProperty((window['HTMLElement'] as { prototype: object }).prototype, 'innerText', {
  set(this: { textContent: string }, text: string) {
    this.textContent = text;
  },
});
const { AdaptiveCard, CardElement, HostConfig, SerializationContext } =
  require('adaptivecards/dist/adaptivecards.js') as Renderer;
AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = text;
  result.didProcess = true;
};
const hostConfig = new HostConfig({ actions: { maxActions: MOST_ACTIONS } });

/** What Teams draws and this renderer does not know: here its `fallback` is shown, which test/cards/contract.ts asks for. */
const charts = ['Chart.Line', 'Chart.VerticalBar.Grouped'];
const expected = charts.map((type) => `Unknown element type "${type}". Fallback will be used if present.`);

/** Parses the card: all that the renderer says against it. `text` renders it too, which takes longer. */
export function judge(json: unknown): { readonly complaints: string[]; readonly text: () => string } {
  const card = new AdaptiveCard();
  card.hostConfig = hostConfig;
  const context = new SerializationContext();
  // Its expression for `lang` remembers where the last match ended, so that every second card would fail.
  CardElement.langProperty.regEx.lastIndex = 0;
  card.parse(json, context);
  const parsed = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index));
  const events = [...parsed, ...card.validateProperties().validationEvents];
  const complaints = events.map(({ message }) => message).filter((message) => !expected.includes(message));
  return { complaints, text: () => card.render().textContent };
}
