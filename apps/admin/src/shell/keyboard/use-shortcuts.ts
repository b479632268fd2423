import { type ComputedRef, computed, type InjectionKey, onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useSections } from '../use-sections.ts'
import { useCharacterKeys } from './character-keys.ts'
import { createKeySequences, isOfCharacters, type Shortcut } from './key-sequences.ts'
import { moveInRows, openRow } from './rows.ts'

/** Where characters are meant to be written, or choose an entry by themselves. */
const FIELDS =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="combobox"], [role="listbox"]'
const MODALS = 'dialog[open], [role="dialog"][aria-modal="true"]'

const isTyping = ({ target }: KeyboardEvent) => target instanceof Element && target.closest(FIELDS) !== null
const isModal = () => [...document.querySelectorAll(MODALS)].some((each) => each.checkVisibility())

/** What the shell has bound, for the page that lists it. */
export const SHORTCUTS: InjectionKey<ComputedRef<Shortcut[]>> = Symbol('shortcuts')

/** Every shortcut there is for this person: this table is what is bound, and what the sheet shows. */
export function useShortcuts(open: { palette: () => void; sheet: () => void }) {
  const router = useRouter()
  const { sections } = useSections()
  const characterKeys = useCharacterKeys()

  const shortcuts = computed<Shortcut[]>(() => [
    { keys: ['Mod+k'], under: 'anywhere', label: 'keyboard.palette', run: open.palette },
    { keys: ['?'], under: 'anywhere', label: 'keyboard.sheet', run: open.sheet },
    { keys: ['j'], under: 'lists', label: 'keyboard.nextRow', run: () => moveInRows(1) },
    { keys: ['k'], under: 'lists', label: 'keyboard.rowBefore', run: () => moveInRows(-1) },
    { keys: ['Enter'], under: 'lists', label: 'keyboard.openRow', run: openRow },
    ...sections.value.flatMap(({ key, label, to }): Shortcut[] =>
      key ? [{ keys: ['g', key], under: 'go', label, run: () => router.push(to) }] : [],
    ),
  ])
  const bound = computed(() =>
    characterKeys.value === 'on' ? shortcuts.value : shortcuts.value.filter((each) => !isOfCharacters(each)),
  )

  const { press, forget } = createKeySequences()
  const listen = (event: KeyboardEvent) => {
    // 229 is what some input methods send for a key that they take themselves.
    if (event.defaultPrevented || event.isComposing || event.keyCode === 229 || isModal()) return forget()
    const shortcut = press(event, isTyping(event) ? bound.value.filter((each) => !isOfCharacters(each)) : bound.value)
    if (shortcut && shortcut.run() !== false) event.preventDefault()
  }
  onMounted(() => document.addEventListener('keydown', listen))
  onBeforeUnmount(() => document.removeEventListener('keydown', listen))
  return shortcuts
}
