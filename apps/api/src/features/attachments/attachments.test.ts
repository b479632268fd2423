import { request as httpRequest } from 'node:http'
import { attachmentRoutes } from '@tongxin/contract'
import sharp from 'sharp'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Caller, COMMUNITY, HOUR, NEIGHBOUR, startTestApp, type TestApp } from '../../../test/support/index.ts'
import { inTransaction } from '../../db/connect.ts'
import { newId } from '../../db/new-id.ts'
import { findAttachment } from './attachments.queries.ts'
import { bindAttachments, eraseAttachments, photoPlace } from './index.ts'

let t: TestApp
let resident: Caller
beforeAll(async () => {
  t = await startTestApp()
})
// Access tokens are short-lived, and some tests let a day pass.
beforeEach(async () => {
  resident = await t.as('resident')
})
afterAll(() => t.close())

const picture = (width = 60, height = 40) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 30, b: width % 255 } } })

const jpegWithOrigin = () =>
  picture(300, 200)
    .jpeg()
    .withExif({
      IFD2: { DateTimeOriginal: '2026:03:01 08:30:00' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '30/1 30/1 36/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '117/1 2/1 24/1',
      },
    })
    .withExifMerge({ IFD0: { Make: 'SecretCamera' } })
    .toBuffer()

const upload = (caller: Caller, bytes: Uint8Array, body: object = {}) =>
  caller.call(attachmentRoutes.upload, {
    body: { communityCode: COMMUNITY, ...body } as never,
    file: { name: 'photo.jpg', type: 'image/jpeg', bytes },
  })
const read = (caller: Caller, id: string, headers = {}) =>
  caller.send({ method: 'GET', url: `/v1/attachments/${id}`, headers })
const rowOf = (id: string) => findAttachment(t.deps.db, id.slice(0, 12), id.slice(13))
const bind = (
  caller: Caller,
  ids: string[],
  more: { uploadToken?: string | null; subjectId?: string; communityCode?: string } = {},
) =>
  inTransaction(t.deps.pool, (tx) =>
    bindAttachments(tx, {
      communityCode: more.communityCode ?? COMMUNITY,
      ids,
      subjectType: 'issue',
      subjectId: more.subjectId ?? newId(t.clock.now()),
      eventSeq: 1,
      by: { personId: caller.personId, uploadToken: more.uploadToken },
      now: t.clock.now(),
    }),
  )

describe('an uploaded photo', () => {
  it.each(['jpeg', 'png', 'webp'] as const)(
    'may be a %s, whatever its name says, and becomes a JPEG',
    async (format) => {
      const { status, body, headers } = await upload(resident, await picture().toFormat(format).toBuffer())
      expect(status).toBe(201)
      expect(body).toMatchObject({ width: 60, height: 40, uploadToken: null })
      expect(headers.location).toBe(`/v1/attachments/${body.id}`)
      const served = await read(resident, body.id)
      expect(served.headers['content-type']).toBe('image/jpeg')
      expect((await sharp(served.bytes).metadata()).format).toBe('jpeg')
    },
  )

  it('loses its EXIF and place in the file, which staff keep beside it, encrypted', async () => {
    const original = await jpegWithOrigin()
    expect((await sharp(original).metadata()).exif).toBeDefined()
    const { body } = await upload(resident, original)
    const served = await read(resident, body.id)
    expect((await sharp(served.bytes).metadata()).exif).toBeUndefined()
    expect(served.bytes.includes('SecretCamera')).toBe(false)
    const row = (await rowOf(body.id))!
    expect(row.takenAt?.toISOString()).toBe('2026-03-01T00:30:00.000Z')
    expect(row.placeEncrypted).not.toContain('117')
    expect(photoPlace(t.deps.cipher, row)).toEqual({ latitude: 30.51, longitude: 117.04 })
  })

  it('is shrunk to 2048 pixels, with a thumbnail of 480', async () => {
    const { body } = await upload(resident, await picture(4000, 1000).jpeg().toBuffer())
    expect(body).toMatchObject({ width: 2048, height: 512 })
    const thumbnail = await resident.send({ method: 'GET', url: `/v1/attachments/${body.id}/thumbnail` })
    expect(await sharp(thumbnail.bytes).metadata()).toMatchObject({ width: 480, height: 120 })
  })

  it('stands upright as the camera meant it', async () => {
    const { body } = await upload(resident, await picture(60, 40).jpeg().withMetadata({ orientation: 6 }).toBuffer())
    expect(body).toMatchObject({ width: 40, height: 60 })
  })

  it('is made of pixels only: what else the file holds is gone', async () => {
    const polyglot = Buffer.concat([
      await picture().jpeg().toBuffer(),
      Buffer.from('<script>alert(1)</script>PK\x03\x04'),
    ])
    const { body, status } = await upload(resident, polyglot)
    expect(status).toBe(201)
    const served = await read(resident, body.id)
    expect(served.bytes.includes('<script>')).toBe(false)
    expect(served.bytes.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]))
  })

  it('comes with headers that keep it private and what it is', async () => {
    const { body } = await upload(resident, await picture().jpeg().toBuffer())
    const { headers } = await read(resident, body.id)
    expect(headers).toMatchObject({ 'cache-control': 'private, no-cache', 'x-content-type-options': 'nosniff' })
    expect(headers.etag).toBe(`"${(await rowOf(body.id))!.contentHash}"`)
    const again = await read(resident, body.id, { 'if-none-match': headers.etag })
    expect([again.statusCode, again.bytes.length]).toEqual([304, 0])
  })
})

describe('refused is', () => {
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic')])
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')

  it('HEIC, with a word on what to do', async () => {
    const { status, problem } = await upload(resident, heic)
    expect([status, problem.code]).toEqual([415, 'heic_not_supported'])
    expect(problem.detail).toContain('JPEG')
  })

  it('everything that is no JPEG, PNG or WebP by content', async () => {
    const gif = await picture().gif().toBuffer()
    const avif = await picture().avif().toBuffer()
    const half = (await picture(500, 500).png().toBuffer()).subarray(0, 200)
    const disguised = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), svg])
    for (const bytes of [
      gif,
      avif,
      svg,
      half,
      disguised,
      Buffer.from('GIF89a'),
      Buffer.alloc(0),
      Buffer.alloc(100, 1),
    ]) {
      const { status, problem } = await upload(resident, bytes)
      expect([status, problem.code]).toEqual([415, 'unsupported_image'])
    }
  })

  it('a picture of more pixels than anybody needs, before they fill the memory', async () => {
    const bomb = await sharp({ create: { width: 12_000, height: 12_000, channels: 3, background: '#000' } })
      .png()
      .toBuffer()
    expect(bomb.length).toBeLessThan(2_000_000)
    const { status, problem } = await upload(resident, bomb)
    expect([status, problem.code]).toEqual([415, 'unsupported_image'])
  })

  it('a form without a file, for no known community, or that is no form', async () => {
    const noFile = await resident.send({
      method: 'POST',
      url: '/v1/attachments',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      payload: '--x\r\ncontent-disposition: form-data; name="communityCode"\r\n\r\n340803002001\r\n--x--\r\n',
    })
    expect(noFile.statusCode).toBe(400)
    const bytes = await picture().jpeg().toBuffer()
    expect((await upload(resident, bytes, { communityCode: '999999999999' })).status).toBe(400)
    const json = await resident.send({ method: 'POST', url: '/v1/attachments', payload: {} })
    expect(json.statusCode).toBe(415)
  })
})

describe('a file of 300 MB', () => {
  const send = (declare: boolean) =>
    new Promise<{ status: number; written: number }>((resolve, reject) => {
      const { port } = new URL(t.base)
      const head =
        '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n'
      const total = 300_000_000
      const headers: Record<string, string | number> = { 'content-type': 'multipart/form-data; boundary=x' }
      if (declare) headers['content-length'] = head.length + total
      let written = 0
      let answered = false
      const sending = httpRequest({ port, method: 'POST', path: '/v1/attachments', headers }, (response) => {
        answered = true
        response.resume()
        response.on('end', () => {
          sending.destroy()
          resolve({ status: response.statusCode ?? 0, written })
        })
      })
      sending.on('error', (error) => answered || reject(error))
      sending.write(head)
      const chunk = Buffer.alloc(1_000_000)
      const more = () => {
        while (!answered && written < total) {
          written += chunk.length
          if (!sending.write(chunk)) return void sending.once('drain', more)
        }
      }
      more()
    })

  it.each([true, false])('is refused early, with an answer that can be read (size declared: %s)', async (declare) => {
    const before = process.memoryUsage().rss
    const { status, written } = await send(declare)
    expect(status).toBe(413)
    expect(written).toBeLessThan(100_000_000)
    expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000)
  })
})

describe('who may see a photo that nobody used yet', () => {
  it('is its uploader alone', async () => {
    const { body } = await upload(resident, await picture().jpeg().toBuffer())
    const officer = await t.as('officer')
    expect((await read(resident, body.id)).statusCode).toBe(200)
    expect((await read(officer, body.id)).statusCode).toBe(404)
    expect((await read(t.nobody, body.id)).statusCode).toBe(404)
    expect((await read(resident, body.id.replace(COMMUNITY, NEIGHBOUR))).statusCode).toBe(404)
    expect((await read(resident, 'nonsense')).statusCode).toBe(400)
  })
})

describe('binding', () => {
  it('gives the content hashes in the order asked for, and keeps the photos for good', async () => {
    const first = (await upload(resident, await picture(50, 50).jpeg().toBuffer())).body.id
    const second = (await upload(resident, await picture(51, 50).jpeg().toBuffer())).body.id
    const hashes = await bind(resident, [second, first])
    expect(hashes).toEqual([(await rowOf(second))!.contentHash, (await rowOf(first))!.contentHash])
    t.clock.advance(25 * HOUR)
    await t.runDueJobs()
    expect(await rowOf(first)).toMatchObject({ subjectType: 'issue', subjectSeq: 1 })
    expect(await t.deps.storage.has(hashes[0]!)).toBe(true)
  })

  it('happens once, and only by the uploader', async () => {
    const { id } = (await upload(resident, await picture().jpeg().toBuffer())).body
    const other = await t.as('resident')
    await expect(bind(other, [id])).rejects.toMatchObject({ code: 'attachment_not_found' })
    await expect(bind(resident, [id, id])).rejects.toMatchObject({ code: 'attachment_already_used' })
    await expect(bind(resident, [id], { communityCode: NEIGHBOUR })).rejects.toMatchObject({
      code: 'attachment_not_found',
    })
    const both = await Promise.allSettled([bind(resident, [id]), bind(resident, [id])])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'attachment_already_used' },
    })
  })

  it('takes a token from somebody without an account, one for all photos of a draft', async () => {
    const first = (await upload(t.nobody, await picture().jpeg().toBuffer())).body
    expect(first.uploadToken).toMatch(/^[\w-]{43}$/)
    const second = (await upload(t.nobody, await picture().jpeg().toBuffer(), { uploadToken: first.uploadToken })).body
    expect(second.uploadToken).toBe(first.uploadToken)
    await expect(bind(t.nobody, [first.id])).rejects.toMatchObject({ code: 'attachment_not_found' })
    await expect(bind(t.nobody, [first.id], { uploadToken: 'x'.repeat(43) })).rejects.toMatchObject({
      code: 'attachment_not_found',
    })
    expect(await bind(t.nobody, [first.id, second.id], { uploadToken: first.uploadToken })).toHaveLength(2)
    const late = await upload(t.nobody, await picture().jpeg().toBuffer(), { uploadToken: first.uploadToken })
    expect(late.problem.code).toBe('attachment_not_found')
  })
})

describe('what nobody used', () => {
  it('is gone after a day, row and files, unless another photo shows the same picture', async () => {
    const bytes = await picture(77, 33).jpeg().toBuffer()
    const used = (await upload(resident, bytes)).body.id
    const unused = (await upload(resident, bytes)).body.id
    const alone = (await upload(resident, await picture(78, 33).jpeg().toBuffer())).body.id
    const [usedRow, aloneRow] = [(await rowOf(used))!, (await rowOf(alone))!]
    await bind(resident, [used])
    t.clock.advance(25 * HOUR)
    expect(await t.runDueJobs()).toContain('delete_unused_photo')
    expect(await rowOf(unused)).toBeUndefined()
    expect(await rowOf(alone)).toBeUndefined()
    expect(await t.deps.storage.has(usedRow.contentHash)).toBe(true)
    expect(await t.deps.storage.has(aloneRow.contentHash)).toBe(false)
    expect(await t.deps.storage.has(aloneRow.thumbHash!)).toBe(false)
  })
})

it('erases a used photo: files and origin go, the hash stays', async () => {
  const { id } = (await upload(resident, await jpegWithOrigin())).body
  const subjectId = newId(t.clock.now())
  await bind(resident, [id], { subjectId })
  await inTransaction(t.deps.pool, (tx) =>
    eraseAttachments(tx, {
      communityCode: COMMUNITY,
      subjectType: 'issue',
      subjectId,
      eventSeqs: [1],
      now: t.clock.now(),
    }),
  )
  await t.runDueJobs()
  const row = (await rowOf(id))!
  expect(row).toMatchObject({ takenAt: null, placeEncrypted: null })
  expect(row.erasedAt).not.toBeNull()
  expect(await t.deps.storage.has(row.thumbHash!)).toBe(false)
})

it('slows down whoever uploads without end', async () => {
  const flooder = await t.as('resident')
  const bytes = await picture(8, 8).jpeg().toBuffer()
  await t.deps.db.execute(
    `insert into attachments (community_code, id, content_hash, thumb_hash, media_type, width, height, bytes, uploaded_by, source_hash, uploaded_at)
     select '${COMMUNITY}', gen_random_uuid(), 'x', 'x', 'image/jpeg', 1, 1, 1, '${flooder.personId}',
       '${t.deps.cipher.keyedHash(`person:${flooder.personId}`)}', '${t.clock.now().toISOString()}'
     from generate_series(1, 200)`,
  )
  const { status, problem } = await upload(flooder, bytes)
  expect([status, problem.code]).toEqual([429, 'too_many_attempts'])
  t.clock.advance(2 * HOUR)
  expect((await upload(await t.as({ id: flooder.personId! }), bytes)).status).toBe(201)
})
