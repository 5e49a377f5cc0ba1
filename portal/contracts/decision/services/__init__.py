"""A decision's verbs. The same once more changes nothing."""
