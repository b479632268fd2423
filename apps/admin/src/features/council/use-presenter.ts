import type { AgendaItem } from '@tongxin/contract'
import { useWords } from '@tongxin/web'

/** Who presents an item, in words: where they come from, and their name where the reader is told it. */
export function usePresenter() {
  const { t } = useWords()
  return ({ affiliation, name }: NonNullable<AgendaItem['presenter']>): string =>
    [affiliation, name].filter((part) => part !== null).join(' ') || t('meeting.member')
}
