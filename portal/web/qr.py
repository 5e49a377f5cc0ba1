"""A text as a QR code, for whoever holds a telephone before it."""

import io


def qr_picture(text: str, *, scale: int = 5) -> bytes:
    """An SVG file with a white ground (dark pages need it) and the empty frame that readers ask for (ISO/IEC 18004: four
    modules). ``scale``: pixels a module. Raises segno's `DataOverflowError` beyond some 2,300 bytes."""
    import segno  # no start of a process waits for it

    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="svg", scale=scale, border=4, light="#fff", dark="#000", xmldecl=False)
    return out.getvalue()
