import * as z from 'zod'

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

/** Id of a tenant's record as clients see it: `{community_code}-{uuid}`, one opaque string. */
export const publicId = z.string().regex(new RegExp(`^\\d{12}-${UUID}$`), '编号无效')

export const makePublicId = (communityCode: string, id: string): string => `${communityCode}-${id}`

/** The parts of an id that `publicId` let through. */
export const splitPublicId = (id: string): { communityCode: string; id: string } => ({
  communityCode: id.slice(0, 12),
  id: id.slice(13),
})
