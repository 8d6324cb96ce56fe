/** A JSON map. */
export type JsonObject = { readonly [key: string]: unknown };
