import { routes } from '@tongxin/client'
import { api } from '../../api.ts'

/** A duty of the meeting, not a role: it lets a member in who is no staff. */
export const presidesOver = async (id: string): Promise<boolean> => {
  const meeting = await api.call(routes.council.readMeeting, { params: { id } }).catch(() => null)
  return meeting?.presiding === true
}
