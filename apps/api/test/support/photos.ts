import { attachmentRoutes } from '@tongxin/contract'
import sharp from 'sharp'
import type { Caller } from './caller.ts'
import { COMMUNITY } from './foundations.ts'

let made: Buffer | undefined

/** A small picture, uploaded by this caller and bound to nothing yet. @returns its public id */
export const uploadPhoto = async (caller: Caller, bytes?: Buffer): Promise<string> => {
  made ??= await sharp({ create: { width: 24, height: 16, channels: 3, background: '#336655' } })
    .jpeg()
    .toBuffer()
  const reply = await caller.call(attachmentRoutes.upload, {
    body: { communityCode: COMMUNITY },
    file: { bytes: bytes ?? made, name: 'photo.jpg', type: 'image/jpeg' },
  } as never)
  if (reply.status !== 201) throw new Error(`upload: ${reply.text}`)
  return (reply.body as { id: string }).id
}
