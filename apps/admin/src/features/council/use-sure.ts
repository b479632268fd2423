import { useWords } from '@tongxin/web'
import { askFirst } from '../../appearance/ask-first.ts'

/** Whether somebody goes on with a step that cannot be taken back, having read what it brings about. */
export function useSure(): (step: string, about: string) => Promise<boolean> {
  const { t } = useWords()
  return (step, about) => askFirst({ title: step, about, go: step, stay: t('form.cancel') })
}
