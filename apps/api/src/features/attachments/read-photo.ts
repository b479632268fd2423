import readExif from 'exif-reader'
import sharp, { type Metadata } from 'sharp'
import { AppError } from '../../http/errors.ts'

export interface Photo {
  jpeg: Buffer
  thumbnail: Buffer
  /** pixels of `jpeg` */
  width: number
  height: number
  /** as the camera says, or null */
  takenAt: Date | null
  /** WGS-84 degrees, or null */
  place: { latitude: number; longitude: number } | null
}

const LONGEST_SIDE = 2048
const THUMBNAIL_SIDE = 480
// A JPEG is shrunk while it is decoded; PNG and WebP may have to stand in memory whole, at 4 bytes a pixel.
const MOST_PIXELS = { jpeg: 200_000_000, png: 50_000_000, webp: 50_000_000 } as const
const AT_ONCE = 2
const MOST_WAITING = 16

// One request's picture must not take every core, and a decoded picture is of no use to the next request.
sharp.concurrency(1)
sharp.cache(false)

type Format = keyof typeof MOST_PIXELS

/**
 * What a file is by its first bytes, whatever its name or declared type.
 * @throws AppError heic_not_supported, unsupported_image
 */
export const photoFormat = (bytes: Uint8Array): Format => {
  const text = (start: number, end: number) => Buffer.from(bytes.subarray(start, end)).toString('latin1')
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg'
  if (text(0, 8) === '\x89PNG\r\n\x1a\n') return 'png'
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp'
  if (text(4, 8) === 'ftyp' && /hei[cfmsx]|hev[cmsx]|mif1|msf1/.test(text(8, 40)) && !/avi[fs]/.test(text(8, 12))) {
    throw new AppError('heic_not_supported')
  }
  throw new AppError('unsupported_image')
}

/**
 * Decodes a photo, turns it upright, shrinks it and encodes it anew: what comes out is a JPEG of its pixels and nothing
 * else the file held. Time and place are read from EXIF first.
 * @throws AppError unsupported_image (reason `damaged`, `too_many_pixels`), heic_not_supported, unavailable
 */
export const readPhoto = async (bytes: Buffer): Promise<Photo> => {
  const format = photoFormat(bytes)
  return await inTurn(() => decode(bytes, format))
}

const decode = async (bytes: Buffer, format: Format): Promise<Photo> => {
  try {
    const input = sharp(bytes, { limitInputPixels: MOST_PIXELS[format], failOn: 'error' })
    const metadata = await input.metadata()
    // libvips has loaders for more formats than the three; none of them may be reached by a disguised file.
    if (metadata.format !== format) throw new AppError('unsupported_image')
    if (metadata.width * metadata.height > MOST_PIXELS[format]) {
      throw new AppError('unsupported_image', { reason: 'too_many_pixels', detail: '照片的像素过多，请缩小后再上传' })
    }
    const { data, info } = await input
      .autoOrient()
      .resize(LONGEST_SIDE, LONGEST_SIDE, { fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .jpeg({ quality: 82, progressive: true })
      .toBuffer({ resolveWithObject: true })
    const thumbnail = await sharp(data)
      .resize(THUMBNAIL_SIDE, THUMBNAIL_SIDE, { fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality: 75 })
      .toBuffer()
    return { jpeg: data, thumbnail, width: info.width, height: info.height, ...readOrigin(metadata) }
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('unsupported_image', { reason: 'damaged', detail: '照片已损坏，无法读取', cause: error })
  }
}

/** Cameras write local time, and mostly no zone: China's then. */
const CHINA_OFFSET_MINUTES = 8 * 60

const readOrigin = (metadata: Metadata): Pick<Photo, 'takenAt' | 'place'> => {
  if (metadata.exif === undefined) return { takenAt: null, place: null }
  try {
    const { Photo: photo, GPSInfo: gps } = readExif(metadata.exif)
    return { takenAt: takenAt(photo), place: place(gps) }
  } catch {
    return { takenAt: null, place: null } // damaged EXIF is no reason to refuse the picture
  }
}

const takenAt = (photo: { DateTimeOriginal?: unknown; OffsetTimeOriginal?: unknown } | undefined): Date | null => {
  const local = photo?.DateTimeOriginal
  if (!(local instanceof Date) || Number.isNaN(local.getTime())) return null
  const offset = /^([+-])(\d\d):(\d\d)/.exec(String(photo?.OffsetTimeOriginal ?? ''))
  const minutes = offset
    ? (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]))
    : CHINA_OFFSET_MINUTES
  return new Date(local.getTime() - minutes * 60_000)
}

interface Gps {
  GPSLatitude?: unknown
  GPSLatitudeRef?: unknown
  GPSLongitude?: unknown
  GPSLongitudeRef?: unknown
}

const place = (gps: Gps | undefined): Photo['place'] => {
  const latitude = degrees(gps?.GPSLatitude, gps?.GPSLatitudeRef === 'S', 90)
  const longitude = degrees(gps?.GPSLongitude, gps?.GPSLongitudeRef === 'W', 180)
  return latitude === null || longitude === null ? null : { latitude, longitude }
}

const degrees = (parts: unknown, negative: boolean, most: number): number | null => {
  if (!Array.isArray(parts) || parts.length === 0) return null
  const value = Number(parts[0]) + Number(parts[1] ?? 0) / 60 + Number(parts[2] ?? 0) / 3600
  return value >= 0 && value <= most ? Math.round((negative ? -value : value) * 1e6) / 1e6 : null
}

let running = 0
const waiting: (() => void)[] = []

const inTurn = async <T>(work: () => Promise<T>): Promise<T> => {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw new AppError('unavailable', { reason: 'busy', retryAfter: 5 })
    await new Promise<void>((resolve) => waiting.push(resolve))
  } else {
    running++
  }
  try {
    return await work()
  } finally {
    // The place is handed on, not given back: nobody can slip in between.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}
