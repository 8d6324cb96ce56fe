import type { WebSocket } from 'ws';
import type { Outlet } from './follow.ts';

/** A peer is asked for a sign of life this often, and given up when the one before was not answered. */
const PING_MILLIS = 15_000;

/** Messages of a feed as WebSocket text. The next follows when the last is with the kernel: that is the back-pressure. */
export function socketOutlet(socket: WebSocket): Outlet {
  return {
    send: (text, _, sent) => {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(text, (error) => {
        if (error === undefined || error === null) sent();
        else socket.terminate();
      });
    },
  };
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
