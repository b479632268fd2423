import { draftOf, draftsBeside } from '../../drafts/drafts.ts'
import { inHand } from '../../outbox/in-hand.ts'
import type { IntakeFields } from './use-intake.ts'
import type { Written } from './use-pasted.ts'

/**
 * What was refused and taken back to the form whose draft has this name, each under the name that it is kept by until it stands among
 * the form's own drafts. Whom it was for is not kept, and known of the one alone that somebody has just asked for.
 */
export const takenBack = (name: string): { kept: string; written: Written; isAskedFor: boolean }[] =>
  draftsBeside(name).flatMap((kept) => {
    const content = draftOf<IntakeFields & { entries?: unknown; current?: unknown }>(kept)?.content
    if (!content) return []
    const act = kept === `${name}.${inHand.value?.id}` ? inHand.value : undefined
    const told = (act?.body ?? {}) as { raiser?: { name?: string; phone?: string }; saidAt?: string }
    const { title, body, name: _, saidAt, entries: __, current: ___, ...filled } = content
    const written = {
      title,
      body,
      sender: told.raiser?.name ?? null,
      saidAt: told.saidAt || saidAt || null,
      filled: { ...filled, phone: told.raiser?.phone ?? '' },
    }
    return [{ kept, written, isAskedFor: act !== undefined }]
  })
