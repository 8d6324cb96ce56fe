export * from './layout/layout.ts';
export * from './scene/scene.ts';
