"""Charts. Every chart has the same figures in a table beside it, and its text repeats what colours say."""

from cchc_core.heat import Cell, Row, aggregated
from ui.charts.forecast import forecast_bar
from ui.charts.heat import heat_map
from ui.charts.look import CONFIG, MOST_MARKS, marks, picture_config
from ui.charts.progress import progress_bar
from ui.charts.sections import SHARES, section_bars
from ui.charts.trend import trend_chart

__all__ = [
    "CONFIG",
    "MOST_MARKS",
    "SHARES",
    "Cell",
    "Row",
    "aggregated",
    "forecast_bar",
    "heat_map",
    "marks",
    "picture_config",
    "progress_bar",
    "section_bars",
    "trend_chart",
]
