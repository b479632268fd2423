/**
 * For `@keydown.capture` of a form: Ctrl or ⌘ with Enter sends it from any of its fields, also from a list, which takes Enter for itself.
 * What an input method takes for itself sends nothing.
 */
export const onSendKeys = (send: () => unknown) => (event: KeyboardEvent) => {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
  event.preventDefault()
  event.stopPropagation()
  void send()
}
