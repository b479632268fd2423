import { type Client, routes } from '@tongxin/client'
import { onScopeDispose, type Ref, ref } from 'vue'

/**
 * The address of a photo for an `<img>`: photos are only given to those who may see them, so they are fetched with the session and
 * held by the page. `null` while it loads, `undefined` when it cannot be had. `atHand`: the file, where it need not be asked for.
 */
export function usePhoto(
  api: Client,
  id: string,
  size: 'thumbnail' | 'full',
  atHand?: Promise<Blob>,
): Ref<string | null | undefined> {
  const address = ref<string | null | undefined>(null)
  let gone = false
  const input = { params: { id } }
  const { thumbnail, read } = routes.attachments
  const file: Promise<Blob> = atHand ?? (size === 'thumbnail' ? api.call(thumbnail, input) : api.call(read, input))
  file.then(
    (photo) => {
      if (!gone) address.value = URL.createObjectURL(photo)
    },
    () => {
      address.value = undefined
    },
  )
  onScopeDispose(() => {
    gone = true
    if (address.value) URL.revokeObjectURL(address.value)
  })
  return address
}
