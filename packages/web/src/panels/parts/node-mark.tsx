import type { NodeSummary } from '@ridgeline/core/wire';
import { SHAPES, shapeOf } from '@ridgeline/diagram';
import type { VNode } from 'preact';
import './node-mark.css';

/** What {@link NodeMark} takes. */
export interface NodeMarkProps {
  readonly node: Pick<NodeSummary, 'topology' | 'shape' | 'pseudo'>;
  /** In pixels. */
  readonly size?: number;
  readonly trouble?: 'warn' | 'bad' | undefined;
}

/** The outline that a node has in the picture, beside its name. */
export function NodeMark({ node, size = 16, trouble }: NodeMarkProps): VNode {
  const { shape, dashed } = shapeOf(node);
  return (
    <svg
      class={`node-mark ${trouble ?? ''}`}
      width={size}
      height={size}
      viewBox="-1.4 -1.4 2.8 2.8"
      aria-hidden="true"
    >
      <path d={SHAPES[shape]} stroke-dasharray={dashed ? '.4 .3' : undefined} />
    </svg>
  );
}
