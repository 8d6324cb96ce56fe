import { useComputed } from '@preact/signals';
import type { NodeSummary } from '@ridgeline/core/wire';
import { hueOf, SHAPES, type ShapeName, shapeOf } from '@ridgeline/diagram';
import type { JSX } from 'preact';
import type { PageState } from '../state/page-state.ts';

/** Hues repeat after so many groups, and nobody learns more by heart. */
const MOST_GROUPS = 7;

/** A shape of the picture, and what it stands for. */
interface Kind {
  readonly shape: ShapeName;
  readonly dashed: boolean;
  readonly word: string;
}

/** What shapes and colours of this picture mean. */
export function Legend({ state }: { readonly state: PageState }): JSX.Element | null {
  const kinds = useComputed(() => kindsOf(state.picture.value?.nodes.values() ?? []));
  const canvas = state.canvas.value;
  if (canvas === undefined || canvas.scene.nodes.length === 0) return null;
  const groups = canvas.scene.groups
    .filter(({ key }) => key !== '')
    .sort((a, b) => b.size - a.size || (a.key < b.key ? -1 : 1));
  return (
    <section class="legend" aria-label="Legend">
      {kinds.value.map(({ shape, dashed, word }) => (
        <span key={shape + dashed}>
          <svg width="15" height="15" viewBox="-1.4 -1.4 2.8 2.8" aria-hidden="true">
            <path d={SHAPES[shape]} stroke-width=".24" stroke-dasharray={dashed ? '.4 .3' : undefined} />
          </svg>
          {word}
        </span>
      ))}
      {groups.length > 1 &&
        groups.slice(0, MOST_GROUPS).map(({ key, label }) => (
          <button
            type="button"
            key={key}
            class="group-key"
            onClick={() => {
              state.selection.value = { kind: 'group', key };
            }}
          >
            <i data-hue={hueOf(canvas.hues, key)} />
            {label}
          </button>
        ))}
      {groups.length > MOST_GROUPS && <span>{`+${groups.length - MOST_GROUPS}`}</span>}
      <span>
        <svg width="34" height="12" viewBox="0 0 34 12" aria-hidden="true">
          <path d="M1 6H26" stroke-width="2.2" />
          <path d="M33 6L25 2.5V9.5z" fill="currentColor" stroke="none" />
        </svg>
        client → server, wider: more connections
      </span>
    </section>
  );
}

function kindsOf(nodes: Iterable<NodeSummary>): readonly Kind[] {
  const kinds = new Map<string, Kind>();
  for (const node of nodes) {
    const { shape, dashed } = shapeOf(node);
    const key = `${shape} ${dashed}`;
    if (!kinds.has(key)) kinds.set(key, { shape, dashed, word: wordFor(node, shape) });
  }
  return [...kinds.values()].sort((a, b) => (a.word < b.word ? -1 : 1));
}

function wordFor(node: NodeSummary, shape: ShapeName): string {
  if (node.pseudo === true) return shape === 'cloud' ? 'internet' : 'unmanaged';
  return (node.topology.split(':')[1] ?? node.topology).replaceAll(/[_.-]+/g, ' ');
}
