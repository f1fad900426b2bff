"""What is typed on the pages of the bulletin and of the rules of the colour."""
