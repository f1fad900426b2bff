"""What is typed of the rules of the colour."""
