"""The portal: a party office advertises for a political secretary, and the employment that follows is lawful.

``create_app`` is found here too, but loaded only when asked for: a pure module imports no Flask.
"""

from typing import Any


def __getattr__(name: str) -> Any:
    if name == "create_app":
        from portal.factory import create_app

        return create_app
    raise AttributeError(name)
