/** A way to do something by keys alone. */
export interface Shortcut {
  /** Pressed one after the other, as `KeyboardEvent.key` says them; `Mod+` before one stands for Ctrl or ⌘. */
  keys: readonly [string, ...string[]]
  /** Under which heading of the sheet. */
  under: 'anywhere' | 'lists' | 'go'
  /** Key of its words in the locale files. */
  label: string
  /** Says `false` where there is nothing to do: the key then does what it does without us. */
  run: () => unknown
}

/** What of a `KeyboardEvent` counts. */
export interface Press {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  timeStamp: number
}

/** How long the first key of two is remembered, in milliseconds. */
const PATIENCE = 1_500

/** The name of what was pressed; nothing for keys held with one that we do not use. */
function nameOf({ key, ctrlKey, metaKey, altKey }: Press): string | undefined {
  const name = key.length === 1 ? key.toLowerCase() : key
  if (altKey) return undefined
  return ctrlKey || metaKey ? `Mod+${name}` : name
}

/** Fires without Ctrl or ⌘: by a character, which somebody who dictates or slips says unasked (WCAG 2.1.4). */
export const isOfCharacters = ({ keys }: Shortcut): boolean => !keys[0].startsWith('Mod+')

/** Follows what is pressed, and tells the shortcut that it completes. */
export function createKeySequences() {
  let begun: string[] = []
  let since = 0
  const forget = () => {
    begun = []
  }
  const press = (event: Press, shortcuts: readonly Shortcut[]): Shortcut | undefined => {
    // Shift and the like are on the way to another key.
    if (['Shift', 'Control', 'Meta', 'Alt', 'CapsLock'].includes(event.key)) return undefined
    const name = nameOf(event)
    const before = event.timeStamp - since <= PATIENCE ? begun : []
    forget()
    if (name === undefined) return undefined
    const matching = (pressed: readonly string[]) =>
      shortcuts.filter(({ keys }) => pressed.every((each, at) => keys[at] === each))
    for (const pressed of before.length > 0 ? [[...before, name], [name]] : [[name]]) {
      const [first] = matching(pressed)
      if (!first) continue
      if (first.keys.length === pressed.length) return first
      begun = pressed
      since = event.timeStamp
      return undefined
    }
    return undefined
  }
  return { press, forget }
}
