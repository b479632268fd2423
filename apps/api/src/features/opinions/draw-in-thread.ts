import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import type { Drawn, ToDraw } from './draw-map.ts'

const THREAD = new URL('./draw-map.thread.ts', import.meta.url)

/** Draws the map in a thread of its own: requests and other jobs go on meanwhile. @throws what went wrong there */
export const drawInThread = async (it: ToDraw): Promise<Drawn> => {
  const { voter, statement, answer } = it.answers
  const transferList = [voter.buffer, statement.buffer, answer.buffer] as ArrayBuffer[]
  const thread = new Worker(THREAD, { workerData: it, transferList, execArgv: [] })
  try {
    // An error of the thread rejects this, too.
    const [drawn] = (await once(thread, 'message')) as [Drawn]
    return drawn
  } finally {
    await thread.terminate()
  }
}
