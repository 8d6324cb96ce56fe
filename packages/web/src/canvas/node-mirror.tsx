import { useComputed } from '@preact/signals';
import { collapsedGroup, type Scene, type SceneNode } from '@ridgeline/diagram';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { PageState } from '../state/page-state.ts';
import { select } from './on-target.ts';

/** More than these nobody walks through by ear: for them there are search and table. */
const MOST = 500;

/** What the list takes. */
export interface NodeMirrorProps {
  readonly state: PageState;
  readonly light: (id: string | undefined) => void;
  readonly reveal: (id: string) => void;
}

/**
 * The nodes as a list of buttons that is heard and not seen. Right and left go along the edges, up and down from one end of
 * the edge walked last to its siblings; Enter selects.
 */
export function NodeMirror({ state, light, reveal }: NodeMirrorProps): JSX.Element {
  const list = useRef<HTMLUListElement>(null);
  const came = useRef<{ readonly from: number; readonly isOut: boolean }>(undefined);
  const scene = state.canvas.value?.scene;
  const neighbours = useComputed(() => neighboursOf(state.canvas.value?.scene));
  const nodes = scene?.nodes.slice(0, MOST) ?? [];
  const focus = (index: number | undefined): void => {
    if (index === undefined || index >= MOST) return;
    list.current?.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
  };
  const walk = (event: KeyboardEvent, index: number): void => {
    const isOut = event.key === 'ArrowRight';
    if (isOut || event.key === 'ArrowLeft') {
      came.current = { from: index, isOut };
      focus((isOut ? neighbours.value.out : neighbours.value.into)[index]?.[0]);
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      const { from, isOut: wasOut } = came.current ?? { from: -1, isOut: true };
      const siblings =
        (wasOut ? neighbours.value.out : neighbours.value.into)[from] ?? nodes.map((_, i) => i);
      const at = siblings.indexOf(index) + (event.key === 'ArrowDown' ? 1 : -1);
      focus(siblings[(at + siblings.length) % siblings.length]);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <ul ref={list} class="unseen" aria-label="Nodes of the graph">
      {nodes.map((node, index) => (
        <li key={node.id}>
          <button
            type="button"
            data-index={index}
            data-node={node.id}
            onFocus={() => {
              light(node.id);
              reveal(node.id);
            }}
            onBlur={() => light(undefined)}
            onKeyDown={(event) => walk(event, index)}
            onClick={() => select(state, scene, { kind: 'node', id: node.id })}
          >
            {describe(
              node,
              neighbours.value.out[index]?.length ?? 0,
              neighbours.value.into[index]?.length ?? 0,
            )}
          </button>
        </li>
      ))}
      {scene !== undefined && scene.nodes.length > MOST && (
        <li>{`and ${scene.nodes.length - MOST} more: search for them, or go to the table`}</li>
      )}
    </ul>
  );
}

function describe(node: SceneNode, out: number, into: number): string {
  const parts = [
    node.label,
    node.labelMinor,
    collapsedGroup(node.id) === undefined ? '' : 'group, folded into one',
    node.ghost === true ? 'hidden by the filters' : '',
    node.levelText ?? '',
    node.troubleReason === undefined ? '' : `trouble: ${node.troubleReason}`,
    `${out} out, ${into} in`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** The ends of the edges of each node, by index. */
function neighboursOf(scene: Scene | undefined): {
  readonly out: readonly (readonly number[])[];
  readonly into: readonly (readonly number[])[];
} {
  const nobody = (): number[][] => scene?.nodes.map(() => []) ?? [];
  const out = nobody();
  const into = nobody();
  for (const { from, to } of scene?.edges ?? []) {
    out[from]?.push(to);
    into[to]?.push(from);
  }
  return { out, into };
}
