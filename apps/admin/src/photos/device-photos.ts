import { device } from '../offline/device-store.ts'
import { newDevicePhoto } from '../outbox/acts.ts'

/** Keeps a photo that cannot be sent now; returns the name that stands for it in a form. @throws DOMException QuotaExceededError */
export async function keepPhoto(photo: Blob, name: string): Promise<string> {
  const id = newDevicePhoto()
  await (await device()).put('photos', { at: Date.now(), photo, name }, id)
  return id
}

/** @throws where it is not there any more */
export async function readDevicePhoto(id: string): Promise<{ photo: Blob; name: string }> {
  const kept = await (await device()).get('photos', id)
  if (!kept) throw new Error('the photo is no longer on this device')
  return kept
}

export const dropPhoto = async (id: string): Promise<void> => (await device()).delete('photos', id)
