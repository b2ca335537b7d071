import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { InnerloopError, toRequestError } from '../../shared/contract/errors.ts';
import { type CoreFrame, clientFrameSchema } from '../../shared/contract/messages.ts';
import { encodeFrame, frameDecoder } from '../files/frame-stream.ts';
import type { SocketPlace } from '../files/home.ts';

/** One attached client: the parent over its channel, or a process over the socket. */
interface Client {
  send(frame: CoreFrame): void;
}

export interface ClientsParts {
  readonly version: string;
  readonly answer: (request: {
    readonly id: number;
    readonly name: string;
    readonly body?: unknown;
  }) => Promise<CoreFrame>;
  /** Called when the last client has gone; `left` clients said so, others vanished. */
  readonly onAllGone: () => void;
}

export interface Clients {
  /** Attaches the process that started this one, if it gave a channel. */
  attachParent(): void;
  /** Accepts clients on the socket, for this user only. */
  listen(place: SocketPlace): Promise<void>;
  broadcast(frame: CoreFrame): void;
  /** No new clients; those attached stay. */
  stopListening(): void;
  /** Closes every channel. */
  closeAll(): void;
}

const longestRequest = 32 * 2 ** 20;
/** A client that does not read is dropped when so much waits for it. */
const mostUnsent = 256 * 2 ** 20;

/** Keeps the clients of a core: passes requests in, answers and facts out. */
export function createClients({ version, answer, onAllGone }: ClientsParts): Clients {
  const clients = new Set<Client>();
  const sockets = new Set<Socket>();
  let server: Server | null = null;

  const attach = (client: Client): void => {
    clients.add(client);
    client.send({ type: 'ready', version });
  };
  const detach = (client: Client): void => {
    if (clients.delete(client) && clients.size === 0) onAllGone();
  };
  const receive = (client: Client, raw: unknown): void => {
    const parsed = clientFrameSchema.safeParse(raw);
    if (!parsed.success) return; // without an id there is nobody to tell
    if (parsed.data.type === 'leave') {
      client.send({ type: 'left', core: clients.size > 1 ? 'staying' : 'ending' });
      detach(client);
      return;
    }
    void answer(parsed.data).then((frame) => {
      if (clients.has(client)) client.send(frame);
    });
  };
  const accept = (socket: Socket): void => {
    sockets.add(socket);
    const client: Client = socketClient(socket, {
      onValue: (value) => receive(client, value),
      onClose: () => {
        sockets.delete(socket);
        detach(client);
      },
    });
    attach(client);
  };

  return {
    attachParent() {
      if (!process.send) return;
      if (!process.connected) {
        if (clients.size === 0) onAllGone(); // it died while the core was starting
        return;
      }
      const client: Client = { send: (frame) => void (process.connected && process.send?.(frame, () => undefined)) };
      process.on('message', (raw) => receive(client, raw));
      process.on('disconnect', () => detach(client));
      attach(client);
    },
    listen(place) {
      prepareSocketFolder(place);
      server = createServer(accept);
      return listenOn(server, place.path);
    },
    broadcast(frame) {
      for (const client of clients) client.send(frame);
    },
    stopListening() {
      server?.close();
    },
    closeAll() {
      server?.close();
      for (const socket of sockets) socket.end();
      if (process.connected) process.disconnect();
    },
  };
}

interface SocketListener {
  onValue(value: unknown): void;
  onClose(): void;
}

/** A client over the socket; one that does not speak our language, or does not listen, is cut off. */
function socketClient(socket: Socket, { onValue, onClose }: SocketListener): Client {
  const decode = frameDecoder(longestRequest, onValue);
  socket.on('data', (part: Buffer) => {
    try {
      decode(part);
    } catch (error) {
      socket.destroy(error instanceof Error ? error : undefined);
    }
  });
  socket.on('error', () => socket.destroy()); // `close` follows
  socket.on('close', onClose);
  return {
    send: (frame) => {
      if (socket.writableLength > mostUnsent) socket.destroy();
      else if (socket.writable) socket.write(encodeFrame(frame));
    },
  };
}

/** A shared temporary folder is only trusted when it is ours and closed to others. */
function prepareSocketFolder({ folder }: SocketPlace): void {
  if (folder === null) return;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(folder);
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0) {
    throw new InnerloopError('unsafe-path', `${folder} belongs to somebody else or is open to others. Remove it.`);
  }
}

/** The data folder's lock is held, so a socket that is there already belongs to a core that was killed. */
function listenOn(server: Server, path: string): Promise<void> {
  const isFile = !path.startsWith('\\\\');
  if (isFile) rmSync(path, { force: true });
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new InnerloopError('internal', `Cannot listen at ${path}: ${toRequestError(error).message}`));
    });
    const formerMask = process.umask(0o077); // the socket is made within the call, closed to others from the start
    server.listen(path, () => {
      if (isFile) chmodSync(path, 0o600);
      resolve();
    });
    process.umask(formerMask);
  });
}
