"""The tests. Before anything is loaded, which makes much that stays: garbage is looked for seldom, and what is compiled is
kept, or each of the processes that tests start would compile the whole program anew."""

import gc
import os
import sys

gc.set_threshold(200_000, 20, 50)
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
