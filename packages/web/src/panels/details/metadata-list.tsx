import type { NodeSummary } from '@ridgeline/core/wire';
import type { VNode } from 'preact';
import { attributeWords } from '../words/attribute-value.ts';
import { clockWords } from '../words/moment.ts';

/** What {@link MetadataList} takes. */
export interface MetadataListProps {
  readonly rows: NodeSummary['metadata'];
  /** The end of the picture's window, in milliseconds since 1970. */
  readonly now: number;
}

/** What is known of a node, row by row, with the labels of its topology's templates. */
export function MetadataList({ rows, now }: MetadataListProps): VNode | null {
  if (rows.length === 0) return null;
  return (
    <section aria-label="Info">
      <h3>Info</h3>
      <dl>
        {rows.map(({ id, label, value, dataType, truncate }) => {
          const words = attributeWords(value, dataType, now);
          const short =
            truncate !== undefined && truncate > 0 && words.length > truncate
              ? `${words.slice(0, truncate)}…`
              : words;
          return (
            <div key={id}>
              <dt>{label}</dt>
              <dd title={titleOf(value, words, dataType, now)}>
                {isCode(dataType, value) ? <code>{short}</code> : short}
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

function titleOf(
  value: string,
  words: string,
  dataType: string | undefined,
  now: number,
): string | undefined {
  if (words === value) return undefined;
  const at = dataType === 'datetime' ? Date.parse(value) : Number.NaN;
  return Number.isFinite(at) ? clockWords(at, now) : value;
}

/** Addresses, paths and command lines are read character by character. */
function isCode(dataType: string | undefined, value: string): boolean {
  return dataType === 'ip' || (dataType === undefined && /[/:=]/.test(value));
}
