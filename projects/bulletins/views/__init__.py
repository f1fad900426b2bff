"""The pages of bulletins and of the rules of the colour."""
