import * as z from 'zod'
import { publicId } from '../public-id.ts'
import { media, route } from '../route.ts'
import { regionCode } from './regions.ts'

export const PHOTO_MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const
export const PHOTO_MAX_BYTES = 10 * 1024 * 1024

export const PAPER_MEDIA_TYPES = ['application/pdf', ...PHOTO_MEDIA_TYPES] as const
export const PAPER_MAX_BYTES = 20 * 1024 * 1024

/** Opaque; stands for whoever uploads without an account, from the upload until the photos are used. */
export const uploadToken = z.string().regex(/^[\w-]{43}$/, '上传凭证无效')

export const uploadedPhoto = z
  .object({
    id: publicId,
    width: z.int().describe('像素'),
    height: z.int().describe('像素'),
    bytes: z.int(),
    uploadToken: uploadToken.nullable().describe('未登录上传者使用这张照片时的凭证；已登录时为空'),
  })
  .meta({ id: 'UploadedPhoto' })

export const uploadedPaper = z
  .object({ id: publicId, mediaType: z.enum(['application/pdf', 'image/jpeg']), bytes: z.int() })
  .meta({ id: 'UploadedPaper' })

const tag = '照片'
const params = z.object({ id: publicId })

export const attachmentRoutes = {
  upload: route({
    operationId: 'uploadPhoto',
    method: 'POST',
    path: '/v1/attachments',
    summary: '上传一张照片',
    description:
      'JPEG、PNG、WebP，以内容为准，最大 10 MB。照片会缩小到 2048 像素以内，并去除拍摄信息与位置。24 小时内未使用的照片会被删除。',
    tag,
    permission: 'attachments.upload',
    // The answer may hold a token, which must not be stored; a repeated upload is one photo more that nobody uses.
    idempotency: false,
    upload: { field: 'file', mediaTypes: PHOTO_MEDIA_TYPES, maxBytes: PHOTO_MAX_BYTES },
    body: z.object({
      communityCode: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码'),
      uploadToken: uploadToken.optional().describe('同一次填报中上一张照片返回的凭证'),
    }),
    responses: { 201: uploadedPhoto },
    errors: ['body_too_large', 'heic_not_supported', 'unsupported_image', 'too_many_attempts'],
  }),
  uploadPaper: route({
    operationId: 'uploadPaper',
    method: 'POST',
    path: '/v1/attachments/papers',
    summary: '上传一份会议材料',
    description:
      'PDF、JPEG、PNG、WebP，以内容为准，最大 20 MB。图片按照片处理，PDF 原样保存。24 小时内未使用的材料会被删除。',
    tag,
    permission: 'meetings.manage',
    idempotency: false,
    upload: { field: 'file', mediaTypes: PAPER_MEDIA_TYPES, maxBytes: PAPER_MAX_BYTES },
    body: z.object({ communityCode: regionCode.regex(/^\d{12}$/, '请填写 12 位社区代码') }),
    responses: { 201: uploadedPaper },
    errors: ['body_too_large', 'heic_not_supported', 'unsupported_image', 'too_many_attempts'],
  }),
  read: route({
    operationId: 'readPhoto',
    method: 'GET',
    path: '/v1/attachments/:id',
    summary: '查看照片',
    tag,
    permission: 'attachments.read',
    params,
    responses: { 200: media('image/jpeg'), 304: null },
    errors: ['not_found'],
  }),
  thumbnail: route({
    operationId: 'readPhotoThumbnail',
    method: 'GET',
    path: '/v1/attachments/:id/thumbnail',
    summary: '查看缩略图（480 像素以内）',
    tag,
    permission: 'attachments.read',
    params,
    responses: { 200: media('image/jpeg'), 304: null },
    errors: ['not_found'],
  }),
}
