import { routes } from '@tongxin/client'
import type { PhraseSet } from '@tongxin/contract'
import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { api } from '../../api.ts'
import { lastSeen } from '../../offline/last-seen.ts'

const NONE: PhraseSet = { items: [], version: 0 }

/** The ready sentences of one community, read as a form asks for them: they may have been changed since. */
export const usePhrases = defineStore('phrases', () => {
  const set = shallowRef(NONE)
  let of = ''
  let isReading = false

  const read = async (communityCode: string): Promise<PhraseSet> => {
    const found = await lastSeen(`phrases ${communityCode}`, () =>
      api.call(routes.phrases.readPhrases, { params: { communityCode } }),
    )
    if (of === communityCode) set.value = found
    return found
  }
  /** A form is filled in without them where they cannot be had. */
  const load = (communityCode: string): void => {
    if (of === communityCode && isReading) return
    if (of !== communityCode) set.value = NONE
    of = communityCode
    isReading = true
    read(communityCode)
      .catch(() => undefined)
      .finally(() => {
        isReading = false
      })
  }
  return { set, load }
})
