export { type Flow, type FlowEnd, type FlowEvent, isTranslated } from './flow.ts';
export { type FlowReader, FlowReaderError, type FlowReaderOptions } from './flow-reader.ts';
export type { WantedFlow } from './flow-table.ts';
export { FlowTable, type ReportedFlow } from './flow-table.ts';
export { type ConntrackOptions, conntrackOptions, type ShownFlows } from './options.ts';
export type { RungRefusal } from './reader-chain.ts';
export { chooseRung, type OpenReader, RUNGS, type Rung, type RungChoice } from './reader-chain.ts';
export { type ConntrackGuide, conntrack, createConntrack } from './source.ts';
export { type Translation, translationsOf } from './translations.ts';
