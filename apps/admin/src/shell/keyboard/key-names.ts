const isApple = /Mac|iPhone|iPad/.test(navigator.platform)

/** What is printed on the keys of one press of a shortcut. */
export const keyNames = (press: string): string[] =>
  press.split('+').map((key) => {
    if (key === 'Mod') return isApple ? '⌘' : 'Ctrl'
    return key.length === 1 ? key.toUpperCase() : key
  })
