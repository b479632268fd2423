import { routes } from '@tongxin/client'
import type { PhraseSet } from '@tongxin/contract'
import { useLoading } from '@tongxin/web'
import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { api } from '../../api.ts'
import { isUnreached } from '../../offline/connection.ts'
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
  let isReading = false

  /** A form is filled in without them where they cannot be had. */
  const load = (communityCode: string): void => {
    if (of.value === communityCode && isReading) return
    of.value = communityCode
    isReading = true
    void last.reload().finally(() => {
      isReading = false
    })
  }
  const set = computed(() => (last.data.value?.of === of.value ? last.data.value.set : NONE))
  /** Without a connection that is said already. */
  const failed = computed(() => last.state.value === 'failed' && !isUnreached(last.problem.value))
  return { set, failed, load }
})
