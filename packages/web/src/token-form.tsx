import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import './token-form.css';

/** Asks for the token that this server wants. It is kept for this tab, and goes nowhere but to this server. */
export function TokenForm({ enter }: { readonly enter: (token: string) => void }): JSX.Element {
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const token = field.current?.value.trim() ?? '';
    if (token !== '') enter(token);
  };
  return (
    <form class="token-form" aria-labelledby="token-title" onSubmit={submit}>
      <h2 id="token-title">This server wants a token</h2>
      <p>
        A viewer’s token is enough to look. Whoever started the server has it: it is in the file given with{' '}
        <code>--tokens</code>, or in <code>RIDGELINE_VIEWER_TOKEN</code>.
      </p>
      <label>
        <span>Token</span>
        <input ref={field} type="password" name="token" autocomplete="current-password" required autofocus />
      </label>
      <button type="submit">Open the map</button>
    </form>
  );
}
