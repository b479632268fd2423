import { useWords } from '@tongxin/web'
import { useDirectory } from '../directory/index.ts'

/** Where a unit stands: a place of this community by its name, what serves more than this one by how far it reaches. */
export function useRegionWords() {
  const { t } = useWords()
  const directory = useDirectory()
  return (code: string): string => {
    if (code.length === 6) return t('units.over.district')
    return code.length === 9 ? t('units.over.street') : directory.regionName(code)
  }
}
