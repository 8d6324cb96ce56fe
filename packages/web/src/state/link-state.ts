/** How the page stands with its server. Times are milliseconds since 1970, by the clock of this machine. */
export type LinkState =
  /** Nothing was heard yet. */
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** The server is gone; the picture is of then, and it is asked again and again. */
  | { readonly kind: 'cut'; readonly since: number }
  /** The server is there but has no such picture: a filter or a view that it does not understand. */
  | { readonly kind: 'trouble'; readonly code: string; readonly message: string; readonly since: number }
  /** A token is needed, or another one. */
  | { readonly kind: 'refused' };
