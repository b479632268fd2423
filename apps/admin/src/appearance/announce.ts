import 'element-plus/theme-chalk/el-message.css'
import { ElMessage } from 'element-plus/es/components/message/index.mjs'

/** Says shortly that something was done; screen readers hear it too. */
export const announce = (text: string): void => {
  // The last thing done is the one to speak of; a stack of them would cover the page.
  ElMessage.closeAll()
  ElMessage({ message: text, type: 'success', duration: 2500 })
}
