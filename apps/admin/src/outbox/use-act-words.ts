import { ACTIONS } from '@tongxin/lifecycle'
import { useWords } from '@tongxin/web'
import type { Act } from './acts.ts'

/** What an act is called where it waits. */
export function useActWords() {
  const { t, label } = useWords()
  return ({ what }: Pick<Act, 'what'>): string => {
    if (what === 'raise') return t('nav.raise')
    return what === 'check_in' ? t('meeting.check_in') : label(ACTIONS[what])
  }
}
