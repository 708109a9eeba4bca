/** A call that failed: `status` is 0 if the console did not answer; the message is a sentence for people. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const FIRST_WAIT = 3000;
const LAST_WAIT = 60000;
const UNREACHABLE = 'The console does not answer: see whether ./bridge console is still running.';

async function call(path, options) {
  try {
    return await fetch(path, { credentials: 'same-origin', ...options });
  } catch {
    throw new ApiError(0, UNREACHABLE);
  }
}

async function sentence(response) {
  try {
    return (await response.json()).error ?? `The console answered ${response.status}.`;
  } catch {
    return `The console answered ${response.status}.`;
  }
}

function fileName(response) {
  const match = /filename="?([^";]+)"?/.exec(response.headers.get('content-disposition') ?? '');
  return match ? match[1] : 'export';
}

/**
 * The JSON API. Every method throws {@link ApiError}.
 * @param {(error: ApiError) => void} onEnd called when the session has ended
 * @returns {{csrf: string, get(path: string), post(path: string, body?: object), file(path: string, body: object, signal?: AbortSignal)}}
 */
export function createApi(onEnd) {
  const api = {
    csrf: '',
    get: async (path) => (await checked(call(path))).json(),
    post: async (path, body = {}) => (await checked(send(path, body))).json(),
    file: async (path, body, signal) => {
      const response = await checked(send(path, body, signal));
      return { name: fileName(response), blob: await response.blob() };
    },
  };
  const send = (path, body, signal) => call(path, {
    method: 'POST',
    signal,
    headers: { 'content-type': 'application/json', 'x-csrf-token': api.csrf },
    body: JSON.stringify(body),
  });
  async function checked(request) {
    const response = await request;
    if (response.ok) {
      return response;
    }
    const error = new ApiError(response.status, await sentence(response));
    if (response.status === 401) {
      onEnd(error);
    }
    throw error;
  }
  return api;
}

/**
 * The server's events. Reconnects by itself.
 * @param {(connected: boolean) => void} onState called when that changes, not at each attempt: what it asks would keep the session alive
 * @returns {{on(name: string, listener: (data: object) => void): () => void, close(): void}}
 */
export function openEvents(onState) {
  const listeners = new Map();
  let source;
  let timer;
  let connected = true;
  let wait = FIRST_WAIT;
  const tell = (now) => {
    if (connected !== now) {
      connected = now;
      onState(now);
    }
  };
  const hear = (name) => source.addEventListener(name, (event) => {
    const data = JSON.parse(event.data);
    [...listeners.get(name)].forEach((listener) => listener(data));
  });
  const connect = () => {
    source = new EventSource('/api/events');
    [...listeners.keys()].forEach(hear);
    source.onopen = () => {
      wait = FIRST_WAIT;
      tell(true);
    };
    source.onerror = () => {
      tell(false);
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(connect, wait);
        wait = Math.min(2 * wait, LAST_WAIT);
      }
    };
  };
  connect();
  return {
    on(name, listener) {
      if (!listeners.has(name)) {
        listeners.set(name, new Set());
        hear(name);
      }
      listeners.get(name).add(listener);
      return () => listeners.get(name).delete(listener);
    },
    close() {
      clearTimeout(timer);
      source.close();
    },
  };
}
