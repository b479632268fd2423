// Only what the map draws; loaded with the map.
import { MapChart } from 'echarts/charts'
import { AriaComponent, GeoComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, registerMap, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([MapChart, AriaComponent, GeoComponent, TooltipComponent, VisualMapComponent, SVGRenderer])

export { init, registerMap }
