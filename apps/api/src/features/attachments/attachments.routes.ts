import { attachmentRoutes, PERMISSIONS, splitPublicId } from '@tongxin/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Db } from '../../db/connect.ts'
import type { Deps } from '../../deps.ts'
import type { Actor } from '../../http/actor.ts'
import { answer } from '../../http/answer.ts'
import { AppError } from '../../http/errors.ts'
import { serve, serveUntransacted } from '../../http/serve.ts'
import { holdsOver } from '../regions/index.ts'
import { type Attachment, findAttachment } from './attachments.queries.ts'
import { uploadPaper, uploadPhoto } from './upload-photo.ts'

export interface BoundPhoto {
  communityCode: string
  id: string
  subjectType: string
  subjectId: string
  /** seq of the event it belongs to */
  eventSeq: number
}

/** Whether this reader may see the event a photo belongs to: the owner of the subject's to say. */
export type MayReadSubject = (
  reader: { db: Db; actor: Actor; request: FastifyRequest },
  photo: BoundPhoto,
) => Promise<boolean>

export function serveAttachments(app: FastifyInstance, deps: Deps, mayReadSubject: MayReadSubject): void {
  serveUntransacted(app, deps, attachmentRoutes.upload, async ({ actor, body, file, request }) => {
    if ((await deps.directory.regions.tree()).get(body.communityCode)?.level !== 'community') {
      throw new AppError('invalid_input', { errors: [{ path: 'body.communityCode', message: '没有这个社区' }] })
    }
    const { client } = actor
    if (client && !(await deps.directory.regions.tree()).covers(client.regionCode, body.communityCode))
      throw new AppError('forbidden')
    const photo = await uploadPhoto(deps, { actor, ip: request.ip, ...body, bytes: file.bytes })
    return answer(photo, { location: `/v1/attachments/${photo.id}` })
  })

  serveUntransacted(app, deps, attachmentRoutes.uploadPaper, async ({ actor, body, file, request }) => {
    const { communityCode } = body
    const tree = await deps.directory.regions.tree()
    if (
      tree.get(communityCode)?.level !== 'community' ||
      !holdsOver(tree, actor, PERMISSIONS['meetings.manage'].roles, communityCode)
    )
      throw new AppError('forbidden')
    return uploadPaper(deps, { actor, ip: request.ip, communityCode, bytes: file.bytes })
  })

  const mayRead = async (db: Db, actor: Actor, request: FastifyRequest, photo: Attachment): Promise<boolean> => {
    const { communityCode, id, subjectType, subjectId, subjectSeq } = photo
    if (subjectType === null || subjectId === null || subjectSeq === null) {
      return actor.personId !== null && photo.uploadedBy === actor.personId
    }
    return mayReadSubject({ db, actor, request }, { communityCode, id, subjectType, subjectId, eventSeq: subjectSeq })
  }

  const send = async (
    {
      db,
      actor,
      params,
      request,
      reply,
    }: {
      db: Db
      actor: Actor
      params: { id: string }
      request: FastifyRequest
      reply: FastifyReply
    },
    hashOf: (photo: Attachment) => string | null,
  ): Promise<FastifyReply> => {
    const { communityCode, id } = splitPublicId(params.id)
    const photo = await findAttachment(db, communityCode, id)
    if (!photo || photo.erasedAt !== null || !(await mayRead(db, actor, request, photo)))
      throw new AppError('not_found')
    const hash = hashOf(photo)
    // Papers are read at their meeting.
    if (photo.mediaType !== 'image/jpeg' || hash === null) throw new AppError('not_found')
    const etag = `"${hash}"`
    // Kept by the reader's own browser, and asked for again each time: who may see it can change, the picture cannot.
    reply.headers({ etag, 'cache-control': 'private, no-cache', vary: 'authorization' })
    if (request.headers['if-none-match'] === etag) return reply.code(304).send()
    const file = await deps.storage.open(hash)
    if (!file) throw new Error(`The file ${hash} of attachment ${params.id} is missing`)
    return reply
      .headers({ 'content-length': file.bytes, 'content-disposition': 'inline; filename="photo.jpg"' })
      .type('image/jpeg')
      .send(file.stream)
  }

  serve(app, deps, attachmentRoutes.read, (context) => send(context, (photo) => photo.contentHash))
  serve(app, deps, attachmentRoutes.thumbnail, (context) => send(context, (photo) => photo.thumbHash))
}
