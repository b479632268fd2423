// Takes a file in a thread of its own, so that the reading does not slow the load that is measured beside it.
import { get } from 'node:http'
import { parentPort, Worker, workerData } from 'node:worker_threads'

export interface Downloaded {
  milliseconds: number
  lines: number
}

const take = (url: string, token: string) =>
  new Promise<Downloaded>((resolve, reject) => {
    const begun = performance.now()
    let lines = 0
    const asked = get(url, { headers: { authorization: `Bearer ${token}` } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url}: ${response.statusCode}`))
      response.on('data', (bytes: Buffer) => {
        for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines += 1
      })
      response.on('end', () => resolve({ milliseconds: performance.now() - begun, lines }))
      response.on('error', reject)
    })
    asked.on('error', reject)
  })

if (parentPort !== null) parentPort.postMessage(await take(workerData.url, workerData.token))

export const download = (url: string, token: string): Promise<Downloaded> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { url, token } })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
