import { type AgendaItemBody, attachmentRoutes, councilRoutes, type MeetingView } from '@tongxin/contract'
import sharp from 'sharp'
import type { Caller } from './caller.ts'
import { NEW, ok, read } from './council.ts'
import { COMMUNITY } from './foundations.ts'

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
export const aPng = () =>
  sharp({ create: { width: 40, height: 30, channels: 3, background: '#c33' } })
    .png()
    .toBuffer()

export const upload = (caller: Caller, bytes: Uint8Array, communityCode = COMMUNITY) =>
  caller.call(attachmentRoutes.uploadPaper, {
    body: { communityCode },
    // Whatever it is called: the content says what it is.
    file: { name: 'paper.bin', type: 'application/octet-stream', bytes },
  })

export const REPORT = {
  kind: 'report' as const,
  title: '第一季度物业服务报告',
  text: '保洁、绿化、维修。',
  minutes: 10,
}

/** A draft with these items. */
export const aDraftOf = async (officer: Caller, items: AgendaItemBody[]): Promise<MeetingView> => {
  const { id, version } = ok(await officer.call(councilRoutes.createMeeting, { body: NEW }))
  return ok(await officer.call(councilRoutes.setAgenda, { params: { id }, ifMatch: version, body: { items } }))
}

export const attach = async (
  caller: Caller,
  id: string,
  itemId: string,
  bytes: Uint8Array = PDF,
  title = '服务报告',
) => {
  const attachmentId = (await upload(caller, bytes)).body.id
  const { version } = await read(caller, id)
  const input = { params: { id, itemId }, ifMatch: version, body: { papers: [{ attachmentId, title }] } }
  return caller.call(councilRoutes.attachPapers, input)
}
