import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { TableError } from './table.ts'

/** The parts (files) of a spreadsheet's zip package. */
export interface Parts {
  has(part: string): boolean
  /** A part's text in pieces. Throws TableError where the data is torn. */
  stream(part: string): AsyncGenerator<string>
  close(): void
}

const MAX_PARTS = 2_000

/**
 * Reads the package's directory. A package that says it inflates beyond `maxInflatedBytes` is refused before anything is
 * inflated; one that lies about its sizes is stopped by yauzl at the size it stated.
 */
export const openParts = async (path: string, maxInflatedBytes: number): Promise<Parts> => {
  const entries = new Map<string, yauzl.Entry>()
  const zip = await yauzl.openPromise(path, { autoClose: false, validateEntrySizes: true }).catch((error) => {
    throw new TableError('torn_file', `文件不完整或已损坏：${error.message}`, error)
  })
  try {
    let inflated = 0
    for await (const entry of zip.eachEntry()) {
      inflated += entry.uncompressedSize
      if (inflated > maxInflatedBytes || entries.size >= MAX_PARTS) {
        throw new TableError(
          'too_large_inflated',
          `解压后超过 ${Math.round(maxInflatedBytes / 1_000_000)} MB，拒绝读取，请拆成几个文件`,
        )
      }
      if (entry.isEncrypted()) throw new TableError('encrypted_or_old_format', '文件已加密，请去掉密码后再导入')
      entries.set(entry.fileName, entry)
    }
  } catch (error) {
    zip.close()
    throw error instanceof TableError
      ? error
      : new TableError('torn_file', `文件目录已损坏：${messageOf(error)}`, error)
  }

  return {
    has: (part) => entries.has(part),
    close: () => zip.close(),
    async *stream(part) {
      const entry = entries.get(part)
      if (!entry) throw new TableError('torn_file', `缺少部件 ${part}`)
      let stream: Readable | undefined
      try {
        stream = await zip.openReadStreamPromise(entry)
        const decoder = new TextDecoder('utf-8', { fatal: true })
        let sum = 0
        for await (const chunk of stream as AsyncIterable<Buffer>) {
          sum = crc32(chunk, sum)
          yield decoder.decode(chunk, { stream: true })
        }
        yield decoder.decode()
        if (sum !== entry.crc32) throw new Error('校验和不符')
      } catch (error) {
        throw error instanceof TableError
          ? error
          : new TableError('torn_file', `部件 ${part} 已损坏：${messageOf(error)}`, error)
      } finally {
        stream?.destroy()
      }
    },
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
