import type { Upload } from '@tongxin/contract'
import type { FastifyRequest } from 'fastify'
import { AppError } from './errors.ts'

export interface UploadedFile {
  /** As the sender named it; never a path to write to. */
  name: string
  /** As the sender declared it; content decides. */
  mediaType: string
  bytes: Buffer
}

/** Reads the one file and the plain fields of a multipart request; stops reading at the limit. */
export async function readUpload(
  request: FastifyRequest,
  upload: Upload,
): Promise<{ file: UploadedFile; fields: Record<string, string> }> {
  if (!request.isMultipart()) throw new AppError('unsupported_media_type', { detail: '请以 multipart/form-data 上传文件' })
  let file: UploadedFile | undefined
  const fields: Record<string, string> = {}
  const limits = { fileSize: upload.maxBytes, files: 1, fields: 50, fieldSize: 100_000 }
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      fields[part.fieldname] = String(part.value)
    } else if (part.fieldname !== upload.field) {
      throw new AppError('invalid_input', { errors: [{ path: `body.${part.fieldname}`, message: '不认识的文件字段' }] })
    } else {
      file = { name: part.filename, mediaType: part.mimetype, bytes: await part.toBuffer() }
    }
  }
  if (!file) throw new AppError('invalid_input', { errors: [{ path: `body.${upload.field}`, message: '请选择文件' }] })
  return { file, fields }
}
