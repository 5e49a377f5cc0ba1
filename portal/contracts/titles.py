"""What somebody is employed as, told by the ad they came of. PURE."""

import re
from typing import Final

# Two post holders are sought as ”Politiska sekreterare” or ”Två politiska sekreterare”.
_SEVERAL: Final = re.compile(r"^(?:\w+ )?politiska sekreterare\b", re.IGNORECASE)


def title_of_one(title: str) -> str:
    """An ad's title in the singular, as it stands in a contract: an ad for several is written in the plural."""
    return _SEVERAL.sub("Politisk sekreterare", title)
