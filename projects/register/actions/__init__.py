"""The verbs of the register, by subject: registering, moving, planning, halting, and what is kept beside."""
