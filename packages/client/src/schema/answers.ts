import type { Ledger, NodeSummary, SourceStatus } from '@ridgeline/core/wire';
import * as z from 'zod';
import { ledgerSchema, sourceSchema, summarySchema } from './picture.ts';

/** A mistake of the caller, or the word that we made one. */
export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string; readonly fix?: string };
}

export const errorSchema: z.ZodType<ErrorAnswer> = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), fix: z.string().exactOptional() }),
});

const count = z.int().nonnegative();

/** A choice that a view offers, with the values that there are now. */
export interface OptionGroupAnswer {
  readonly id: string;
  readonly default: string;
  /** The values that the config chose in the place of the default. */
  readonly configured?: readonly string[];
  readonly selectType: 'one' | 'union';
  readonly noneLabel?: string;
  readonly values: readonly { readonly value: string; readonly label: string }[];
}

export interface ViewAnswer {
  readonly name: string;
  readonly label: string;
  readonly rank: number;
  readonly parent?: string;
  readonly hideIfEmpty: boolean;
  /** What becomes of unconnected nodes, where the config says so. */
  readonly orphans?: 'keep' | 'drop-pseudo' | 'drop';
  readonly options: readonly OptionGroupAnswer[];
  /** The ledger of the view with its default options, in short; absent when it cannot be rendered now. */
  readonly stats?: ViewStats;
}

/** How much a view shows with its default options. */
export interface ViewStats {
  /** Nodes with no clause and orphans kept. */
  readonly total: number;
  readonly shown: number;
  /** Edges that are shown. */
  readonly edges: number;
}

export interface ViewsAnswer {
  readonly views: readonly ViewAnswer[];
}

export const viewsSchema: z.ZodType<ViewsAnswer> = z.strictObject({
  views: z.array(
    z.strictObject({
      name: z.string(),
      label: z.string(),
      rank: z.number(),
      parent: z.string().exactOptional(),
      hideIfEmpty: z.boolean(),
      orphans: z.enum(['keep', 'drop-pseudo', 'drop']).exactOptional(),
      options: z.array(
        z.strictObject({
          id: z.string(),
          default: z.string(),
          configured: z.array(z.string()).exactOptional(),
          selectType: z.enum(['one', 'union']),
          noneLabel: z.string().exactOptional(),
          values: z.array(z.strictObject({ value: z.string(), label: z.string() })),
        }),
      ),
      stats: z.strictObject({ total: count, shown: count, edges: count }).exactOptional(),
    }),
  ),
});

/** A hidden node, and the clauses that hide it even alone; none: clauses together, or the orphan policy. */
export interface HiddenNode {
  readonly node: NodeSummary;
  readonly clauses: readonly string[];
  /** Every clause keeps it, but it has no connection left. */
  readonly orphaned: boolean;
}

export interface HiddenAnswer {
  readonly ledger: Ledger;
  /** Ascending by id; `ledger.filtered` of them. */
  readonly hidden: readonly HiddenNode[];
}

export const hiddenSchema: z.ZodType<HiddenAnswer> = z.strictObject({
  ledger: ledgerSchema,
  hidden: z.array(
    z.strictObject({ node: summarySchema, clauses: z.array(z.string()), orphaned: z.boolean() }),
  ),
});

/** A mistake in a filter's text; offsets are UTF-16 units. */
export interface FilterMistake {
  readonly code: string;
  readonly message: string;
  readonly offset: number;
  readonly length: number;
  readonly expected?: readonly string[];
  readonly suggestion?: string;
}

/** `text`: the filter as it is printed. */
export type FilterCheckAnswer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly errors: readonly FilterMistake[] };

export const filterCheckSchema: z.ZodType<FilterCheckAnswer> = z.union([
  z.strictObject({ ok: z.literal(true), text: z.string() }),
  z.strictObject({
    ok: z.literal(false),
    errors: z.array(
      z.strictObject({
        code: z.string(),
        message: z.string(),
        offset: z.int(),
        length: z.int(),
        expected: z.array(z.string()).exactOptional(),
        suggestion: z.string().exactOptional(),
      }),
    ),
  }),
]);

/** What may stand at a place of a filter's text: it replaces the text from `from` to the place. */
export interface CompletionAnswer {
  readonly from: number;
  readonly items: readonly {
    readonly text: string;
    readonly kind: 'field' | 'filter' | 'value';
    readonly description?: string;
    /** Of a value, or a member of a family of fields: how many nodes have it. */
    readonly count?: number;
  }[];
}

export const completionSchema: z.ZodType<CompletionAnswer> = z.strictObject({
  from: z.int().nonnegative(),
  items: z.array(
    z.strictObject({
      text: z.string(),
      kind: z.enum(['field', 'filter', 'value']),
      description: z.string().exactOptional(),
      count: z.int().exactOptional(),
    }),
  ),
});

/** What can be asked of nodes. */
export interface VocabularyAnswer {
  readonly fields: readonly { readonly name: string; readonly description: string }[];
  readonly filters: readonly {
    readonly name: string;
    readonly description: string;
    readonly parameters: readonly { readonly name: string; readonly required: boolean }[];
  }[];
}

export const vocabularySchema: z.ZodType<VocabularyAnswer> = z.strictObject({
  fields: z.array(z.strictObject({ name: z.string(), description: z.string() })),
  filters: z.array(
    z.strictObject({
      name: z.string(),
      description: z.string(),
      parameters: z.array(z.strictObject({ name: z.string(), required: z.boolean() })),
    }),
  ),
});

/** A filter with a name: the config's own, and those that plugins bring. */
export interface NamedFilterAnswer {
  /** How it is called. */
  readonly name: string;
  /** What it stands for in the filter language; of one that is written in code: how it is called, with its parameters. */
  readonly text: string;
  readonly parameters?: readonly { readonly name: string; readonly required: boolean }[];
  readonly description?: string;
}

export interface NamedFiltersAnswer {
  /** The config's first, then those of plugins; each by name. */
  readonly filters: readonly NamedFilterAnswer[];
}

export const namedFiltersSchema: z.ZodType<NamedFiltersAnswer> = z.strictObject({
  filters: z.array(
    z.strictObject({
      name: z.string(),
      text: z.string(),
      parameters: z.array(z.strictObject({ name: z.string(), required: z.boolean() })).exactOptional(),
      description: z.string().exactOptional(),
    }),
  ),
});

/** How the server and its sources are. */
export interface StatusAnswer {
  readonly epoch: string;
  readonly version: string;
  readonly hostname: string;
  readonly readOnly: boolean;
  readonly sources: readonly SourceStatus[];
  /** What went wrong in plugins, in words. */
  readonly faults: readonly string[];
}

export const statusSchema: z.ZodType<StatusAnswer> = z.strictObject({
  epoch: z.string(),
  version: z.string(),
  hostname: z.string(),
  readOnly: z.boolean(),
  sources: z.array(sourceSchema),
  faults: z.array(z.string()),
});

/** What became of a report that was sent in. */
export interface AcceptedAnswer {
  readonly accepted: boolean;
}

export const acceptedSchema: z.ZodType<AcceptedAnswer> = z.strictObject({ accepted: z.boolean() });
