export { type Flow, type FlowEnd, type FlowEvent, isTranslated } from './flow.ts';
export { type FlowReader, FlowReaderError, type FlowReaderOptions } from './flow-reader.ts';
export { FlowTable, type ReportedFlow } from './flow-table.ts';
export { type ConntrackOptions, conntrackOptions } from './options.ts';
export { chooseRung, type OpenReader, RUNGS, type Rung, type RungChoice } from './reader-chain.ts';
export { conntrack } from './source.ts';
export { type Translation, translationsOf } from './translations.ts';
