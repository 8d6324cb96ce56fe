import type { IncomingMessage } from 'node:http';
import type { Writable } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Outlet } from './follow.ts';
import type { Message } from './message.ts';

/** A peer is asked for a sign of life this often, and given up when the one before was not answered. */
const PING_MILLIS = 15_000;

/**
 * Messages of a feed as WebSocket text. The next follows when the last is with the kernel: that is the back-pressure.
 *
 * What is packed for all readers goes past the library, which would pack for each of them anew, as whole frames onto the
 * connection below. It packs nothing itself, so its own frames are written at once, and neither cuts the other's in two.
 *
 * @param request - what asked for the upgrade
 */
export function socketOutlet(socket: WebSocket, request: IncomingMessage): Outlet {
  const wire = request.socket;
  // Who has no room for the usual window gets plain text.
  const isPacked =
    socket.extensions.includes('permessage-deflate') &&
    !/server_max_window_bits/i.test(String(request.headers['sec-websocket-extensions']));
  return {
    send: (message, _, sent) => {
      if (socket.readyState !== socket.OPEN) return;
      if (isPacked && message.isWorthPacking) void sendPacked(socket, wire, message, sent);
      else {
        socket.send(message.bytes, { binary: false, compress: false }, (error) => {
          if (error === undefined || error === null) sent();
          else socket.terminate();
        });
      }
    },
  };
}

async function sendPacked(
  socket: WebSocket,
  wire: Writable,
  message: Message,
  sent: () => void,
): Promise<void> {
  const frame = await message.frame;
  if (socket.readyState !== socket.OPEN) return;
  wire.write(frame, (error) => {
    if (error === undefined || error === null) sent();
    else socket.terminate();
  });
}

/** Drops a peer that does not answer pings: a half-open connection costs memory for ever otherwise. */
export function watchPeer(socket: WebSocket, pingMillis: number = PING_MILLIS): void {
  let isAlive = true;
  socket.on('pong', () => {
    isAlive = true;
  });
  const timer = setInterval(() => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
  }, pingMillis);
  socket.on('close', () => clearInterval(timer));
  // The library closes it itself, with the right code; unheard, the error would end the process.
  socket.on('error', () => socket.terminate());
}
