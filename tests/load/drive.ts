import { setTimeout as wait } from 'node:timers/promises'
import autocannon from 'autocannon'

export interface Measured {
  perSecond: number
  /** Milliseconds. */
  p95: number
  p99: number
}

const CONNECTIONS = 10

/** @throws when anything but a success was answered: a fast refusal is no speed. */
async function drive(options: autocannon.Options): Promise<Measured> {
  const begun = performance.now()
  let last = begun
  const times: number[] = []
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const run = autocannon({ connections: CONNECTIONS, ...options }, (error, done) =>
      error ? reject(error) : resolve(done),
    )
    // It ends at a whole second; the work ended with the last answer.
    run.on('response', (_client, _status, _bytes, milliseconds) => {
      last = performance.now()
      times.push(milliseconds)
    })
  })
  if (result.non2xx > 0 || result.errors > 0) {
    throw new Error(`${options.url}: ${result.non2xx} refused, ${result.errors} failed of ${result.requests.total}`)
  }
  return measured(times, last - begun)
}

const measured = (times: number[], tookMs: number): Measured => {
  times.sort((a, b) => a - b)
  const part = (share: number) => times[Math.ceil(share * times.length) - 1] ?? 0
  return { perSecond: (1000 * times.length) / tookMs, p95: part(0.95), p99: part(0.99) }
}

/** Reads the addresses in turn for so many seconds, as fast as they are answered. */
export const read = (
  base: string,
  paths: readonly string[],
  { seconds, token, connections = CONNECTIONS }: { seconds: number; token?: string; connections?: number },
): Promise<Measured> =>
  drive({
    url: base,
    connections,
    duration: seconds,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    requests: paths.map((path) => ({ method: 'GET' as const, path })),
  })

/** Reads the addresses in turn, one every so many milliseconds whether or not those before were answered: nobody waits for the others. */
export async function readEvery(
  base: string,
  paths: readonly string[],
  { seconds, everyMs }: { seconds: number; everyMs: number },
): Promise<Measured> {
  const begun = performance.now()
  const times: number[] = []
  const one = async (path: string) => {
    const sent = performance.now()
    const response = await fetch(base + path)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    await response.arrayBuffer()
    times.push(performance.now() - sent)
  }
  const all: Promise<void>[] = []
  for (let n = 0; n * everyMs < seconds * 1000; n++) {
    await wait(Math.max(0, begun + n * everyMs - performance.now()))
    const asked = one(paths[n % paths.length] as string)
    // Its failure is told at the end, with the others.
    asked.catch(() => {})
    all.push(asked)
  }
  await Promise.all(all)
  return measured(times, performance.now() - begun)
}

export interface Write {
  path: string
  headers?: Record<string, string>
  body: object
}

/** Sends each of these writes once. */
export async function write(base: string, writes: readonly Write[], token?: string): Promise<Measured> {
  let next = 0
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` }
  return drive({
    url: base,
    amount: writes.length,
    requests: [
      {
        method: 'POST',
        setupRequest: (request) => {
          const { path, headers, body } = writes[next++ % writes.length] as Write
          const sent = { 'content-type': 'application/json', ...authorization, ...headers }
          return { ...request, path, headers: sent, body: JSON.stringify(body) }
        },
      },
    ],
  })
}

export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
