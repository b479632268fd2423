import { keptChoice } from '@tongxin/web'

/** Whether single characters do something (WCAG 2.1.4): some dictate, and some lean on keys. */
export const useCharacterKeys = keptChoice<'on' | 'off'>('tongxin.character-keys', ['on', 'off'])
