export { openKernelSession } from './kernel-session.ts';
