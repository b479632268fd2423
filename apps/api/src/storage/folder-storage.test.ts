import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createFolderStorage } from './folder-storage.ts'
import type { Storage } from './storage.ts'

let root: string
let storage: Storage
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'tongxin-storage-'))
  storage = createFolderStorage(root)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')
async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

it('stores bytes and streams under the hash of their content, and gives them back', async () => {
  const whole = await storage.put(Buffer.from('路灯'))
  const streamed = await storage.put(pieces('路', '灯'))
  expect(whole).toEqual({ hash: sha256('路灯'), bytes: 6 })
  expect(streamed).toEqual(whole)
  const opened = await storage.open(whole.hash)
  expect(opened?.bytes).toBe(6)
  expect((await buffer(opened!.stream)).toString()).toBe('路灯')
  expect(filesIn(root)).toHaveLength(1)
})

it('stores the same content once when many store it together', async () => {
  const stored = await Promise.all(Array.from({ length: 20 }, () => storage.put(Buffer.from('same'))))
  expect(new Set(stored.map(({ hash }) => hash))).toEqual(new Set([sha256('same')]))
  expect(filesIn(root)).toHaveLength(1)
})

it('stores nothing of a source that fails', async () => {
  async function* torn() {
    yield Buffer.from('half')
    throw new Error('the sender went away')
  }
  await expect(storage.put(torn())).rejects.toThrow('the sender went away')
  expect(filesIn(root)).toEqual([])
})

it('says when there is nothing, and deletes without complaint', async () => {
  const { hash } = await storage.put(Buffer.from('x'))
  expect(await storage.has(hash)).toBe(true)
  await storage.delete(hash)
  await storage.delete(hash)
  expect(await storage.has(hash)).toBe(false)
  expect(await storage.open(hash)).toBeNull()
})

it('takes nothing but a hash for a name', async () => {
  for (const name of ['../../etc/passwd', '', 'A'.repeat(64), `${'a'.repeat(64)}/x`]) {
    await expect(storage.open(name)).rejects.toThrow(TypeError)
  }
})

it('clears away what a crash left half written a day ago, and nothing younger', async () => {
  writeFileSync(path.join(root, 'incoming', 'old'), 'x')
  writeFileSync(path.join(root, 'incoming', 'young'), 'x')
  utimesSync(path.join(root, 'incoming', 'old'), 0, 0)
  createFolderStorage(root)
  expect(readdirSync(path.join(root, 'incoming'))).toEqual(['young'])
})
