"""The pages of the bulletin: published, drafted, decided, printed, the list as it was; and of the rules."""
