import './state/without-eval.ts';
import { createClient } from '@ridgeline/client';
import { render } from 'preact';
import { App } from './app.tsx';
import { readAddress } from './state/address.ts';
import { createPageState } from './state/page-state.ts';

const { state } = createPageState(createClient({ url: location.origin }), readAddress(location.hash));
render(<App state={state} />, document.getElementById('app') as HTMLElement);
