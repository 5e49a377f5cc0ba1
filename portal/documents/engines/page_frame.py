"""From a PDF page's own points to fractions of its picture: turned, cropped, with the origin in the upper left corner."""

import ctypes
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from portal.documents.masks import Box, box_within

_SIDE = 10_000  # of the picture that the corners are asked of; whole pixels go in, points with fractions come out


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in the page's own points."""

    left: float
    bottom: float
    right: float
    top: float

    def holds(self, other: "Rect") -> bool:
        """Whether the other's middle lies in it."""
        x, y = (other.left + other.right) / 2, (other.bottom + other.top) / 2
        return self.left <= x <= self.right and self.bottom <= y <= self.top

    def grown(self, by: float) -> "Rect":
        """The same, larger on every side."""
        return Rect(self.left - by, self.bottom - by, self.right + by, self.top + by)


class Frame:
    """Where on its picture a page's points are. PDFium is asked, so what it draws and what is masked cannot differ."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._x, self._y = _corner(page, 0, 0)
        right, down = _corner(page, _SIDE, 0), _corner(page, 0, _SIDE)
        a, b = right[0] - self._x, right[1] - self._y
        c, d = down[0] - self._x, down[1] - self._y
        size = a * d - b * c
        if not size:
            raise pypdfium2.PdfiumError("a page without extent")
        self._inverse = (d / size, -c / size, -b / size, a / size)

    def box(self, rect: Rect) -> Box | None:
        """The rectangle on the picture; None where it lies outside."""
        one, other = self._point(rect.left, rect.bottom), self._point(rect.right, rect.top)
        return box_within(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        across, along = x - self._x, y - self._y
        a, b, c, d = self._inverse
        return a * across + b * along, c * across + d * along


def _corner(page: pypdfium2.PdfPage, x: int, y: int) -> tuple[float, float]:
    page_x, page_y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDF_DeviceToPage(page, 0, 0, _SIDE, _SIDE, 0, x, y, page_x, page_y):
        raise pypdfium2.PdfiumError("a page without corners")
    return page_x.value, page_y.value
