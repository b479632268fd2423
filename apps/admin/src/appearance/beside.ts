const APART = 8
const EDGE = 16

interface Box {
  top: number
  left: number
  width: number
  height: number
}

/** Where a card of this size goes beside a box: to the right, else below, above, or at the end of the window that is further from it. */
export function beside(box: Box, card: { width: number; height: number }, view: { width: number; height: number }) {
  const within = (at: number, size: number, room: number) => Math.max(EDGE, Math.min(at, room - size - EDGE))
  const right = box.left + box.width + APART
  if (right + card.width + EDGE <= view.width) return { left: right, top: within(box.top, card.height, view.height) }
  const left = within(box.left, card.width, view.width)
  const below = box.top + box.height + APART
  if (below + card.height + EDGE <= view.height) return { left, top: below }
  const above = box.top - APART - card.height
  if (above >= EDGE) return { left, top: above }
  const isLow = box.top + box.height / 2 > view.height / 2
  return { left, top: isLow ? EDGE : Math.max(EDGE, view.height - card.height - EDGE) }
}
