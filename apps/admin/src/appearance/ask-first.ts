import 'element-plus/theme-chalk/el-message-box.css'
import 'element-plus/theme-chalk/el-overlay.css'
import 'element-plus/theme-chalk/el-button.css'
import { ElMessageBox } from 'element-plus/es/components/message-box/index.mjs'

/** Whether somebody goes on with what cannot be taken back so easily. */
export const askFirst = ({
  title,
  about,
  go,
  stay,
}: Record<'title' | 'about' | 'go' | 'stay', string>): Promise<boolean> =>
  ElMessageBox.confirm(about, title, { confirmButtonText: go, cancelButtonText: stay, type: 'warning' }).then(
    () => true,
    () => false,
  )
