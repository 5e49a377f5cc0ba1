"""What a blind review shows in place of names: code names, and the boxes that cover what tells who it is."""
