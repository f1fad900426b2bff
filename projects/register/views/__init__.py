"""The pages that change the register, by subject."""
