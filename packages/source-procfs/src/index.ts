export { type Scan, type ScanGaps, Scanner, type ScannerOptions } from './scan.ts';
