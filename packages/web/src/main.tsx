import { render } from 'preact';
import { App } from './app.tsx';
import { startPage } from './state/start-page.ts';
import { tabMemory } from './state/tab-memory.ts';

const root = document.getElementById('app') as HTMLElement;

/** Shows the page; with another token it begins anew. */
function open(): void {
  const page = startPage(tabMemory.read('token'));
  const enter = (token: string): void => {
    tabMemory.write('token', token);
    page.stop();
    render(null, root);
    open();
  };
  render(<App state={page.state} enterToken={enter} />, root);
}

open();
