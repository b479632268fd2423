import type { Readable } from 'node:stream'
import type { Upload } from '@tongxin/contract'
import type { FastifyRequest } from 'fastify'
import { tidyLine } from '../tidy-text.ts'
import { AppError } from './errors.ts'

export interface UploadedFile {
  /** As the sender named it, without what cannot be seen; never a path to write to. */
  name: string
  /** As the sender declared it; content decides. */
  mediaType: string
  bytes: Buffer
}

// Beside the file: boundaries, part headers and plain fields.
const OVERHEAD_BYTES = 200_000
const LINGER_MS = 3_000

/**
 * Reads the one file and the plain fields of a multipart request, at most `maxBytes` of them into memory. What is
 * declared too large is refused before a byte is read, what turns out to be is refused at the limit.
 */
export async function readUpload(
  request: FastifyRequest,
  upload: Upload,
): Promise<{ file: UploadedFile; fields: Record<string, string> }> {
  if (!request.isMultipart())
    throw new AppError('unsupported_media_type', { detail: '请以 multipart/form-data 上传文件' })
  try {
    if (Number(request.headers['content-length'] ?? 0) > upload.maxBytes + OVERHEAD_BYTES) {
      throw new AppError('body_too_large')
    }
    return await readParts(request, upload)
  } catch (error) {
    stopReceiving(request)
    if (error instanceof AppError || (error instanceof Error && 'code' in error)) throw error
    // A torn body, or a sender who left, comes as a plain error of the parser.
    throw new AppError('malformed_body', { cause: error })
  }
}

async function readParts(request: FastifyRequest, upload: Upload) {
  let file: UploadedFile | undefined
  const fields: Record<string, string> = {}
  const limits = { fileSize: upload.maxBytes, files: 1, fields: 50, fieldSize: 100_000 }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value)
    } else if (part.fieldname !== upload.field) {
      throw new AppError('invalid_input', { errors: [{ path: `body.${part.fieldname}`, message: '不认识的文件字段' }] })
    } else {
      file = {
        name: tidyLine(part.filename ?? '') || '未命名',
        mediaType: part.mimetype,
        bytes: await readFile(part.file),
      }
    }
  }
  if (!file) throw new AppError('invalid_input', { errors: [{ path: `body.${upload.field}`, message: '请选择文件' }] })
  return { file, fields }
}

/** The plugin's own `toBuffer` reads on to the end of a file that is too large; this one stops. */
async function readFile(stream: Readable): Promise<Buffer> {
  stream.once('limit', () => stream.destroy(new AppError('body_too_large')))
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/**
 * What still arrives is thrown away unread for a moment, so that the sender gets to read the answer instead of a reset
 * connection; whoever goes on sending after that is cut off.
 */
function stopReceiving(request: FastifyRequest): void {
  const { raw } = request
  if (raw.complete) return
  raw.unpipe()
  raw.resume()
  const cutOff = setTimeout(() => raw.destroy(), LINGER_MS)
  raw.once('close', () => clearTimeout(cutOff))
}
