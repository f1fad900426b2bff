"""The pages of the bulletin (drafts, decisions, what was published) and of the rules of the colour."""
