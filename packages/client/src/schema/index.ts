export * from './answers.ts';
export * from './node.ts';
export {
  type HeartbeatJson,
  type LiveMessage,
  ledgerSchema,
  liveMessageSchema,
  type ResetJson,
  snapshotSchema,
  sourceSchema,
  summarySchema,
  type TroubleJson,
} from './picture.ts';
export * from './prefix.ts';
export * from './requests.ts';
export * from './routes.ts';
