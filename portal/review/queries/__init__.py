"""What review reads: the case as one person sees it, the papers of one candidate, and the panel's scores."""
