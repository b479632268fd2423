import * as z from 'zod'

/** Beside every text of a body that the public will read: whoever wrote it was shown what looks like personal data, and stands by it. */
export const reviewed = z.boolean().default(false).describe('已核对：疑似个人信息之处可以公开')
