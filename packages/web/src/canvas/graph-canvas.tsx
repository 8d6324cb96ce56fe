import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { PageState } from '../state/page-state.ts';
import { CanvasButtons } from './canvas-buttons.tsx';
import { GraphView } from './graph-view.ts';
import { Legend } from './legend.tsx';
import { NodeMirror } from './node-mirror.tsx';
import type { SceneOnScreen } from './scene-on-screen.ts';
import './graph-canvas.css';

declare global {
  interface Window {
    /** What is where on the screen, read-only: tests point at what a person would see. */
    ridgelineScene?: () => SceneOnScreen;
  }
}

/** The picture as a graph. */
export function GraphCanvas({ state }: { readonly state: PageState }): JSX.Element {
  const stage = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const view = useRef<GraphView>(undefined);
  useEffect(() => {
    const surface = canvas.current as HTMLCanvasElement;
    const made = new GraphView(stage.current as HTMLElement, surface, state);
    view.current = made;
    window.ridgelineScene = () => {
      const { left, top } = surface.getBoundingClientRect();
      return made.describe({ x: left, y: top });
    };
    return () => {
      delete window.ridgelineScene;
      view.current = undefined;
      made.close();
    };
  }, [state]);
  const shown = state.canvas.value?.scene;
  const isStale = state.link.value.kind === 'cut' || state.link.value.kind === 'refused';
  return (
    <div class="stage" ref={stage} data-stale={isStale}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={
          shown === undefined
            ? 'The picture is on its way'
            : `Graph of ${shown.nodes.length} nodes and ${shown.edges.length} connections; a list of the nodes follows`
        }
      />
      <NodeMirror
        state={state}
        light={(id) => view.current?.light(id === undefined ? undefined : { kind: 'node', id })}
        reveal={(id) => view.current?.reveal(id)}
      />
      <Legend state={state} />
      <CanvasButtons state={state} />
    </div>
  );
}
