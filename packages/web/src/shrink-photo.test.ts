import { expect, it } from 'vitest'
import { exifOf } from './shrink-photo.ts'

/** A JPEG's beginning: a JFIF part, then EXIF with one other entry and the orientation. */
function jpegOf(little: boolean, orientation: number): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(8 + 2 + 24 + 4))
  tiff.setUint16(0, little ? 0x4949 : 0x4d4d)
  tiff.setUint16(2, 42, little)
  tiff.setUint32(4, 8, little)
  tiff.setUint16(8, 2, little)
  tiff.setUint16(10, 0x010f, little)
  tiff.setUint16(22, 0x0112, little)
  tiff.setUint16(24, 3, little)
  tiff.setUint32(26, 1, little)
  tiff.setUint16(30, orientation, little)
  const exif = [0xff, 0xe1, 0, 2 + 6 + tiff.byteLength, 0x45, 0x78, 0x69, 0x66, 0, 0, ...new Uint8Array(tiff.buffer)]
  return new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, ...exif, 0xff, 0xda, 0, 2])
}

it.each([true, false])(
  'keeps what a JPEG says of itself, and says that it is upright now (little endian: %s)',
  (little) => {
    const part = exifOf(jpegOf(little, 6))
    expect(part).toEqual(jpegOf(little, 1).slice(8, -4))
  },
)

it.each([
  ['nothing', []],
  ['a PNG', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 0]],
  ['a JPEG without EXIF', [0xff, 0xd8, 0xff, 0xda, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]],
  ['a torn one', [...jpegOf(true, 6).slice(0, 30)]],
  ['one whose first table lies outside', [...jpegOf(true, 6)].with(22, 0xff)],
])('finds none in %s', (_, bytes) => {
  expect(exifOf(new Uint8Array(bytes))).toBeNull()
})
