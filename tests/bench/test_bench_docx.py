"""How long reading one Word report takes: at most 15 ms of one core."""

import io
from typing import Any

import docx
import pytest

from gouji.readers.docx import read_docx

BAR_MS = 15.0


@pytest.fixture(scope="module")
def report() -> bytes:
    """A file with tables of the form's sizes (14 x 4, 28 x 10, 4 x 15) and some prose, written by python-docx."""
    document = docx.Document()
    for rows, columns in ((14, 4), (28, 10), (4, 15)):
        for _ in range(6):
            document.add_paragraph("全年围绕中心工作加强信息发布，及时回应社会关切，进一步提升公开质量和服务水平。")
        grid = document.add_table(rows=rows, cols=columns, style="Table Grid")
        for row in grid.rows:
            for number, cell in enumerate(row.cells):
                cell.text = str(number * 17)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx_speed(benchmark: Any, report: bytes) -> None:
    document = benchmark(read_docx, report, path="a.docx")
    assert [(grid.rows, grid.columns) for grid in document.grids] == [(14, 4), (28, 10), (4, 15)]
    if benchmark.enabled:
        assert benchmark.stats["min"] * 1000 < BAR_MS
