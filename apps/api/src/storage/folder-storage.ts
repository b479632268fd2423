import { createHash, randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Storage } from './storage.ts'

const HASH_FORM = /^[0-9a-f]{64}$/
const ABANDONED_MS = 24 * 3_600_000

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT'

/** Files under `{root}/ab/{hash}`. Several processes may share the folder. */
export const createFolderStorage = (root: string): Storage => {
  const incoming = path.join(root, 'incoming')
  mkdirSync(incoming, { recursive: true, mode: 0o700 })
  removeAbandoned(incoming)

  const pathOf = (hash: string): string => {
    // Names come from rows and from requests' look-ups: nothing but a hash may become a path.
    if (!HASH_FORM.test(hash)) throw new TypeError('A stored file is named by 64 lowercase hex digits')
    return path.join(root, hash.slice(0, 2), hash)
  }

  return {
    async put(content) {
      const temporary = path.join(incoming, randomUUID())
      const file = await open(temporary, 'wx', 0o600)
      try {
        const { hash, bytes } = await writeAll(file, content)
        const target = pathOf(hash)
        const folder = path.dirname(target)
        // A new folder's own entry must reach the disk too, else a power cut takes the folder with the file.
        if ((await mkdir(folder, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(root)
        await rename(temporary, target)
        await syncFolder(folder)
        return { hash, bytes }
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },

    async open(hash) {
      let file: FileHandle
      try {
        file = await open(pathOf(hash), 'r')
      } catch (error) {
        if (isMissing(error)) return null
        throw error
      }
      try {
        const { size } = await file.stat()
        return { stream: file.createReadStream(), bytes: size }
      } catch (error) {
        await file.close()
        throw error
      }
    },

    async has(hash) {
      try {
        return (await stat(pathOf(hash))).isFile()
      } catch (error) {
        if (isMissing(error)) return false
        throw error
      }
    },

    delete: (hash) => rm(pathOf(hash), { force: true }),
  }
}

const writeAll = async (file: FileHandle, content: Uint8Array | AsyncIterable<Uint8Array>) => {
  const hash = createHash('sha256')
  let bytes = 0
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      hash.update(chunk)
      bytes += chunk.byteLength
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: hash.digest('hex'), bytes }
}

/** A rename is durable only once its folder is on the disk. */
const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** What a crash left half written; younger files may belong to another process that is writing now. */
const removeAbandoned = (incoming: string): void => {
  for (const name of readdirSync(incoming)) {
    const file = path.join(incoming, name)
    const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > ABANDONED_MS) rmSync(file, { force: true })
  }
}
