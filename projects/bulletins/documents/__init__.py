"""The documents of a bulletin: one `Paper`, laid out as Word, Excel, PDF and a page to print."""
