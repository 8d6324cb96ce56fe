export { isRecording, readRecording } from './read-recording.ts';
export { openRecorder, type Recorder, type RecorderOptions } from './recorder.ts';
export {
  type Ending,
  RECORDING_MARK,
  type RecordedReport,
  type RecordingEnd,
  type RecordingHeader,
} from './recording.ts';
export { type ReplayOptions, replay, replayOptions } from './replay.ts';
export { type ReportListener, tapSources } from './tap-sources.ts';
