import { ApiProblem } from '@tongxin/client'

/** What a thin line sends in a few seconds goes as it is. */
const LIGHT_BYTES = 2_000_000
/** `PHOTO_MAX_BYTES` of the contract, whose schemas stay out of the pages. */
const MOST_BYTES = 10 * 1_048_576
const HEAD_BYTES = 262_144
const ORIENTATION = 0x0112

const tooLarge = () =>
  new ApiProblem({
    status: 413,
    code: 'body_too_large',
    title: 'The photo is too large and could not be made smaller; take it again at a lower resolution',
    detail: '照片太大，也没能在本机缩小；请降低拍摄分辨率后重拍',
  })

/** As what comes of it: its pixels are turned already. */
function setUpright(part: Uint8Array): void {
  const tiff = new DataView(part.buffer, part.byteOffset + 10, part.byteLength - 10)
  const little = tiff.getUint16(0) === 0x4949
  const first = tiff.getUint32(4, little)
  for (let nth = 0; nth < tiff.getUint16(first, little); nth++) {
    const entry = first + 2 + nth * 12
    if (tiff.getUint16(entry, little) === ORIENTATION) tiff.setUint16(entry + 8, 1, little)
  }
}

/** The part of a JPEG that says when and where it was taken, with its picture upright; null where there is none that can be read. */
export function exifOf(jpeg: Uint8Array): Uint8Array<ArrayBuffer> | null {
  try {
    const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength)
    if (view.getUint16(0) !== 0xffd8) return null
    for (let at = 2; at + 10 < jpeg.length; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint16(at)
      if (marker < 0xffc0 || marker === 0xffda) return null
      if (marker !== 0xffe1 || view.getUint32(at + 4) !== 0x45786966) continue
      const part = new Uint8Array(jpeg.slice(at, at + 2 + view.getUint16(at + 2)))
      setUpright(part)
      return part
    }
  } catch (error) {
    // Torn: the picture is worth more than what is said of it.
    if (!(error instanceof RangeError)) throw error
  }
  return null
}

/** Decoded and scaled beside the page, which goes on meanwhile; null where this browser cannot. */
function scaled(file: Blob): Promise<Blob | null> {
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./shrink-photo.worker.ts', import.meta.url), { type: 'module' })
    const end = (small: Blob | null) => {
      worker.terminate()
      resolve(small)
    }
    worker.addEventListener('message', ({ data }: MessageEvent<Blob | null>) => end(data))
    worker.addEventListener('error', () => end(null))
    worker.postMessage(file)
  })
}

/**
 * A photo that is heavy, or not a JPEG, is made small enough for a thin line before it is sent: upright, and with when and where it was
 * taken. What this browser cannot read is left to the server.
 * @throws ApiProblem body_too_large
 */
export async function shrinkPhoto(file: File): Promise<Blob> {
  if (file.size <= LIGHT_BYTES && file.type === 'image/jpeg') return file
  const small = await scaled(file)
  if (small === null || small.size >= file.size) {
    if (file.size > MOST_BYTES) throw tooLarge()
    return file
  }
  const exif = exifOf(new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer()))
  return exif === null ? small : new Blob([small.slice(0, 2), exif, small.slice(2)], { type: small.type })
}
