import { type Client, routes } from '@tongxin/client'
import { type Ref, ref } from 'vue'
import { shrinkPhoto } from './shrink-photo.ts'
import { useProblemText } from './use-problem-text.ts'

interface PhotoUpload {
  /** Files still to be sent. */
  waiting: Ref<number>
  /** What went wrong with which file, in the reader's words. */
  failures: Ref<string[]>
  /** Stands for somebody without an account, from the first photo until they are used. */
  uploadToken: Ref<string | undefined>
  /** Sends the files chosen in an `<input type="file">`, as many as there is room for; the ids of those that arrived. */
  send(event: Event, community: string, room: number): Promise<string[]>
}

/**
 * One photo after another: nine at once would starve a thin line.
 * @param aside keeps a photo that cannot be sent now and gives the name that stands for it; null where it is to be sent
 */
export function usePhotoUpload(
  api: Client,
  aside: (photo: Blob, name: string, problem?: unknown) => Promise<string | null> = async () => null,
): PhotoUpload {
  const problemText = useProblemText()
  const waiting = ref(0)
  const failures = ref<string[]>([])
  const uploadToken = ref<string>()

  const send = async (event: Event, community: string, room: number) => {
    const input = event.target as HTMLInputElement
    const files = [...(input.files ?? [])].slice(0, room)
    input.value = ''
    failures.value = []
    waiting.value = files.length
    const ids: string[] = []
    for (const file of files) {
      let small: Blob = file
      try {
        small = await shrinkPhoto(file)
        const kept = await aside(small, file.name)
        if (kept !== null) {
          ids.push(kept)
          continue
        }
        const photo = await api.call(routes.attachments.upload, {
          body: { communityCode: community, uploadToken: uploadToken.value },
          file: small,
          fileName: file.name,
        })
        uploadToken.value = photo.uploadToken ?? uploadToken.value
        ids.push(photo.id)
      } catch (error) {
        const kept = await aside(small, file.name, error).catch(() => null)
        if (kept === null) failures.value.push(`${file.name}: ${problemText(error)}`)
        else ids.push(kept)
      } finally {
        waiting.value -= 1
      }
    }
    return ids
  }
  return { waiting, failures, uploadToken, send }
}
