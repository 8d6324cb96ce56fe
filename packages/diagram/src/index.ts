export * from './layout/layout.ts';
export * from './scene/groupings.ts';
export * from './scene/hue-book.ts';
export * from './scene/metrics.ts';
export * from './scene/scene.ts';
export * from './scene/scene-of.ts';
export * from './scene/shape.ts';
export * from './scene/trouble.ts';
