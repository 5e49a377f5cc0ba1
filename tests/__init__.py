"""The tests. Before anything is loaded, which makes much that stays: garbage is looked for seldom."""

import gc

gc.set_threshold(200_000, 20, 50)
