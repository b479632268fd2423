import { type FunctionalComponent, h } from 'vue'
import { I18nT } from 'vue-i18n'

/** A sentence of the locale files with links or times in it, each in its place by language: one slot for each `{name}`. */
export const Sentence: FunctionalComponent<{ keypath: string; tag?: string }> = ({ keypath, tag }, { slots }) =>
  h(I18nT, { keypath, tag, scope: 'global' }, slots)
Sentence.props = ['keypath', 'tag']
