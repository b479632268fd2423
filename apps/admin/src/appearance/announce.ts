import 'element-plus/es/components/message/style/css.mjs'
import { ElMessage } from 'element-plus/es/components/message/index.mjs'

/** Says shortly that something was done; screen readers hear it too. */
export const announce = (text: string) => ElMessage({ message: text, type: 'success', grouping: true })
