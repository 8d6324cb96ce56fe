import { defineFilter, type FilterDef, test } from '@ridgeline/core';
import { z } from 'zod';

/** What {@link metricAtLeast} takes. */
export interface MetricOptions {
  /** `cpu`, `memory`, `load`, or the key of any time series. */
  readonly metric: string;
  readonly value: number;
}

/** What {@link membersAtLeast} takes. */
export interface MemberOptions {
  readonly topology: string;
  readonly count: number;
}

/** Keeps nodes whose newest sample is at least a value: percent points, bytes, or whatever the metric is in. */
export const metricAtLeast: FilterDef<MetricOptions> = defineFilter({
  name: 'metric-at-least',
  description: 'what uses so much or more: metric-at-least(cpu, 50%), metric-at-least(memory, 1GB)',
  parameters: [
    { name: 'metric', required: true },
    { name: 'value', required: true },
  ],
  options: z.object({ metric: z.string().min(1), value: z.number() }),
  build: ({ metric, value }) => test(`metric.${metric}`, '>=', value),
});

/** Keeps nodes with so many direct members of a topology, or more. */
export const membersAtLeast: FilterDef<MemberOptions> = defineFilter({
  name: 'members-at-least',
  description: 'what stands for so many or more of a topology: members-at-least(process, 2)',
  parameters: [
    { name: 'topology', required: true },
    { name: 'count', required: true },
  ],
  options: z.object({ topology: z.string().min(1), count: z.number().int().min(0) }),
  build: ({ topology, count }) => test(`count.${topology}`, '>=', count),
});
