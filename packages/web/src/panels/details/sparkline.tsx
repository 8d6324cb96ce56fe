import type { VNode } from 'preact';
import { metricQuantity, quantityWords } from '../words/quantity.ts';
import { type SparkSample, sparkPaths } from './spark-path.ts';

/** A metric with its samples, oldest first. */
export interface Metric {
  readonly label: string;
  readonly value: number;
  readonly max: number;
  readonly format?: string;
  readonly samples: readonly SparkSample[];
}

const WIDTH = 108;
const HEIGHT = 34;

/** A metric: its newest value, and how it came to it. */
export function Sparkline({ metric }: { readonly metric: Metric }): VNode {
  const { label, value, max, format, samples } = metric;
  const now = metricQuantity(value, format);
  const top = Math.max(...samples.map((sample) => sample.value), value, 1e-9) * 1.1;
  // Of what has a natural end (a share, a limit) the whole is shown when it is nearly reached.
  const paths = sparkPaths(samples, {
    width: WIDTH,
    height: HEIGHT,
    max: max > 0 && top > max / 2 ? max : top,
  });
  const span = samples.length > 1 ? `, ${samples.length} samples` : '';
  const limit = max > 0 && format === 'filesize' ? ` of ${quantityWords(metricQuantity(max, format))}` : '';
  return (
    <figure class="spark" title={`${label}: ${quantityWords(now)}${limit}`}>
      <figcaption>{label}</figcaption>
      <strong>
        {now.figure}
        <small>{now.unit}</small>
      </strong>
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        width="100%"
        height={HEIGHT}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${label}: now ${quantityWords(now)}${span}`}
      >
        {paths !== undefined && (
          <>
            <path class="area" d={paths.area} />
            <path class="line" d={paths.line} vector-effect="non-scaling-stroke" />
          </>
        )}
      </svg>
    </figure>
  );
}
