export { createClient, follow } from './checked.ts';
export { type Client, ClientError, type ClientOptions } from './client.ts';
export type { Followed, FollowListener, FollowOptions, SocketLike } from './follow.ts';
