export { type Connections, connectSockets, type EdgeTable } from './connections.ts';
export { type ProcfsOptions, procfsOptions } from './options.ts';
export { Reporter } from './report.ts';
export { runAtOnce, runSliced, type SlicedResult, type SliceOptions } from './run-sliced.ts';
export { type Scan, type ScanGaps, Scanner, type ScannerOptions } from './scan.ts';
export { procfs } from './source.ts';
