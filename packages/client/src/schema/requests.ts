import * as z from 'zod';

/** What is asked of a view, as query parameters; the ones that are lists may come several times. */
export interface ViewQuery {
  /** Filters as text; all must hold. */
  readonly filter?: readonly string[];
  /** `group=value`; a group may come several times where it takes several values. */
  readonly option?: readonly string[];
  readonly orphans?: 'keep' | 'drop-pseudo' | 'drop';
  /** Leave out the defaults of option groups and the config's filters. */
  readonly raw?: 'true' | 'false';
}

/** More than anybody writes by hand, and little enough that a request costs little. */
const MOST = 64;
const texts = z.preprocess(
  (value) => (typeof value === 'string' ? [value] : value),
  z.array(z.string().max(8192)).max(MOST),
) as unknown as z.ZodType<readonly string[]>;

const viewShape = {
  filter: texts.exactOptional(),
  option: texts.exactOptional(),
  orphans: z.enum(['keep', 'drop-pseudo', 'drop']).exactOptional(),
  raw: z.enum(['true', 'false']).exactOptional(),
};

export const viewQuerySchema: z.ZodType<ViewQuery> = z.strictObject(viewShape);

/** What is asked of a live view: the place where a reader was cut off, too. */
export interface LiveQuery extends ViewQuery {
  readonly epoch?: string;
  readonly from?: number;
}

export const liveQuerySchema: z.ZodType<LiveQuery> = z.strictObject({
  ...viewShape,
  epoch: z.string().max(128).exactOptional(),
  from: z.coerce.number().int().nonnegative().exactOptional(),
});

export interface EdgeQuery extends ViewQuery {
  readonly from: string;
  readonly to: string;
}

export const edgeQuerySchema: z.ZodType<EdgeQuery> = z.strictObject({
  ...viewShape,
  from: z.string(),
  to: z.string(),
});

export interface ExportQuery extends ViewQuery {
  readonly format?: 'json' | 'dot' | 'mermaid' | 'svg';
  /** Of `svg`: its colours; default light. */
  readonly theme?: 'light' | 'dark';
  /** Of `svg`: the id of the metric that nodes are filled by. */
  readonly metric?: string;
  /** Of `svg`: what groups, and so hues, are made by; left out: what says most. */
  readonly grouping?: string;
}

export const exportQuerySchema: z.ZodType<ExportQuery> = z.strictObject({
  ...viewShape,
  format: z.enum(['json', 'dot', 'mermaid', 'svg']).exactOptional(),
  theme: z.enum(['light', 'dark']).exactOptional(),
  metric: z.string().max(256).exactOptional(),
  grouping: z.string().max(256).exactOptional(),
});

export interface CheckQuery {
  readonly text: string;
}

export const checkQuerySchema: z.ZodType<CheckQuery> = z.strictObject({ text: z.string().max(65_536) });

export interface CompleteQuery {
  readonly view: string;
  readonly text: string;
  /** The place in the text, in UTF-16 units; its end when left out. */
  readonly at?: number;
}

export const completeQuerySchema: z.ZodType<CompleteQuery> = z.strictObject({
  view: z.string(),
  text: z.string().max(65_536),
  at: z.coerce.number().int().nonnegative().exactOptional(),
});

export const noQuerySchema: z.ZodType<Record<string, never>> = z.strictObject({});

/** A report in our own JSON form; its insides are checked while it is read. */
export interface ReportBody {
  readonly version: 1;
  readonly origin: { readonly source: string; readonly host: string };
  readonly window: { readonly from: number | null; readonly to: number | null };
  readonly topologies: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export const reportBodySchema: z.ZodType<ReportBody> = z.looseObject({
  version: z.literal(1),
  origin: z.strictObject({ source: z.string().min(1).max(256), host: z.string().max(256) }),
  window: z.strictObject({ from: z.number().nullable(), to: z.number().nullable() }),
  topologies: z.record(z.string(), z.record(z.string(), z.unknown())),
});

/** A report as it goes out: of all origins together, so without one of its own. */
export const reportAnswerSchema: z.ZodType<Readonly<Record<string, unknown>>> = z.looseObject({
  version: z.literal(1),
  topologies: z.record(z.string(), z.unknown()),
});
