"""The verbs of a slip: opened with a bulletin, issued, received, answered, verified and closed."""
