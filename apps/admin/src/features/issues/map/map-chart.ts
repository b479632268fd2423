// Only what the map draws; loaded with the map. What it sets up is kept by its name among `sideEffects` in package.json.
import { MapChart } from 'echarts/charts'
import { AriaComponent, GeoComponent, TooltipComponent, VisualMapComponent } from 'echarts/components'
import { init, registerMap, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

use([MapChart, AriaComponent, GeoComponent, TooltipComponent, VisualMapComponent, SVGRenderer])

export { init, registerMap }
