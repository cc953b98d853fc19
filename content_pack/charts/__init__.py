"""Run charts and control charts: the rules, the drawing, the table beside it and the sentence of reading.

Pure functions on plain numbers. `analyse` applies the rules of one kind of chart; `draw`, `table` and
`reading` show what it found.
"""

from content_pack.charts.analyse import analyse
from content_pack.charts.draw import draw
from content_pack.charts.errors import ChartError
from content_pack.charts.reading import reading
from content_pack.charts.records import KINDS, Analysis, ControlAnalysis, RunAnalysis, XmrAnalysis
from content_pack.charts.table import ChartTable, table

__all__ = [
    "KINDS",
    "Analysis",
    "ChartError",
    "ChartTable",
    "ControlAnalysis",
    "RunAnalysis",
    "XmrAnalysis",
    "analyse",
    "draw",
    "reading",
    "table",
]
