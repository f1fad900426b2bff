"""Importing sheets: trying out, carrying out, taking back; each kind of sheet writes through the actions of its pages."""
