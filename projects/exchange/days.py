"""Days, months and spans as officials write them."""
