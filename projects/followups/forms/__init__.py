"""What is typed with slips and with their ladder."""
