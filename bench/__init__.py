"""How fast it is: base and portal in turn on this machine, and each figure beside its goal. ``python -m bench``."""
