/** Those who were asked for a time find the meeting there: it opens no earlier than this before it. */
export const MEETING_OPENS_HOURS = 2

/** @param heldAt when the meeting was called for */
export const meetingOpensAt = (heldAt: string): Date => new Date(Date.parse(heldAt) - MEETING_OPENS_HOURS * 3_600_000)
