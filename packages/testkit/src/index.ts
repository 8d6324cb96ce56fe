export * from './filter-arbitrary.ts';
