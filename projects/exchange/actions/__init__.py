"""Importing sheets: trying out, carrying out, taking back; each kind writes through the actions of its pages."""
