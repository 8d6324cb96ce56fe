export { type Client, ClientError, type ClientOptions, createClient } from './client.ts';
export {
  type Followed,
  type FollowListener,
  type FollowOptions,
  follow,
  type SocketLike,
} from './follow.ts';
