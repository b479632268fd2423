import { ApiProblem } from '@tongxin/client'
import { useI18n } from 'vue-i18n'

/** What went wrong, in the reader's language: the server's own words in Chinese, the kind of problem in English. */
export function useProblemText() {
  const { t, locale } = useI18n({ useScope: 'global' })
  return (problem: unknown): string => {
    if (!(problem instanceof ApiProblem)) return t('problems.unknown')
    return locale.value === 'zh' ? problem.message : problem.title
  }
}
