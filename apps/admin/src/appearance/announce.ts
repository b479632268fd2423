import 'element-plus/theme-chalk/el-message.css'
import { ElMessage } from 'element-plus/es/components/message/index.mjs'

/** On a phone at the foot of the window: at the top stands what it speaks of, and what waits to be sent. */
const placement = () => (matchMedia('(max-width: 44rem)').matches ? 'bottom' : 'top')

/** Says shortly that something was done; screen readers hear it too. */
export const announce = (text: string): void => {
  // The last thing done is the one to speak of; a stack of them would cover the page.
  ElMessage.closeAll()
  ElMessage({ message: text, type: 'success', duration: 2500, placement: placement() })
}

/** Says why something was not done whose form is not there any more: long enough to be read. */
export const announceRefusal = (text: string): void => {
  ElMessage.closeAll()
  ElMessage({ message: text, type: 'error', duration: 10_000, showClose: true, placement: placement() })
}
