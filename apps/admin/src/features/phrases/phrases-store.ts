import { routes } from '@tongxin/client'
import type { PhraseSet } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { defineStore } from 'pinia'
import { computed, onScopeDispose, ref } from 'vue'
import { api } from '../../api.ts'
import { sayUnread } from '../../loading/unread.ts'
import { lastSeen } from '../../offline/last-seen.ts'

const NONE: PhraseSet = { items: [], version: 0 }

/** The ready sentences of one community, read as a form asks for them: they may have been changed since. */
export const usePhrases = defineStore('phrases', () => {
  const of = ref('')
  const last = useLoading(async () => {
    const communityCode = of.value
    const set = await lastSeen(`phrases ${communityCode}`, () =>
      api.call(routes.phrases.readPhrases, { params: { communityCode } }),
    )
    return { of: communityCode, set }
  })
  const asking = ref(0)
  sayUnread(last, { page: () => false, form: () => asking.value > 0 })
  let isReading = false

  /** For as long as the field stands that asks. A form is filled in without them where they cannot be had. */
  const ask = (communityCode: string): void => {
    asking.value += 1
    onScopeDispose(() => {
      asking.value -= 1
    })
    if (of.value === communityCode && isReading) return
    of.value = communityCode
    last.problem.value = undefined
    isReading = true
    void last.reload().finally(() => {
      isReading = false
    })
  }
  const set = computed(() => (last.data.value?.of === of.value ? last.data.value.set : NONE))
  return { set, ask }
})
