/** The server keeps 2,048 pixels of the longest side; a little more leaves it something to choose from. */
const LONGEST_SIDE = 2_560

/** Upright, as its EXIF says. */
async function scaled(file: Blob): Promise<Blob> {
  const whole = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const scale = Math.min(1, LONGEST_SIDE / Math.max(whole.width, whole.height))
  const canvas = new OffscreenCanvas(Math.round(whole.width * scale) || 1, Math.round(whole.height * scale) || 1)
  const pen = canvas.getContext('2d')
  if (!pen) throw new Error('nothing to draw with')
  pen.imageSmoothingQuality = 'high'
  // What was clear is white, as on the server.
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(whole, 0, 0, canvas.width, canvas.height)
  whole.close()
  return canvas.convertToBlob({ type: 'image/jpeg', quality: 0.86 })
}

self.addEventListener('message', ({ data }: MessageEvent<Blob>) => {
  scaled(data).then(
    (small) => self.postMessage(small),
    () => self.postMessage(null),
  )
})
