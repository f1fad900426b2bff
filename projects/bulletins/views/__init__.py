"""The pages of the bulletin: those published, the draft, what is decided before, and the list as it was."""
