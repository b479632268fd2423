import { useWords } from '@tongxin/web'
import { type Ref, ref, watch } from 'vue'
import { sayMissing } from '../loading/missing.ts'
import { i18n } from './index.ts'

/**
 * Words that most pages need not: fetched when they are first used, in the language that is spoken, and found under `name` like the others.
 * @returns whether they are there, and whether nothing could be fetched
 */
export function useLaterWords(
  name: string,
  words: Record<'zh' | 'en', () => Promise<object>>,
): Record<'ready' | 'failed', Ref<boolean>> {
  const { locale } = useWords()
  const ready = ref(false)
  const failed = ref(false)
  watch(
    locale,
    async (spoken, _, onCleanup) => {
      let unsay = () => {}
      onCleanup(() => unsay())
      const language = spoken === 'en' ? 'en' : 'zh'
      const there = () => Object.hasOwn(i18n.global.getLocaleMessage(language), name)
      if (!there()) {
        const fetched = await words[language]().catch(() => null)
        failed.value = fetched === null && !ready.value
        if (fetched === null) {
          // Those of the other language stand on.
          if (ready.value) unsay = sayMissing()
          return
        }
        if (!there()) i18n.global.mergeLocaleMessage(language, { [name]: fetched })
      }
      ready.value = true
    },
    { immediate: true },
  )
  return { ready, failed }
}
