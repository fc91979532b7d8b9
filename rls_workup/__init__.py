"""RLS Workup: works up restless legs syndrome, with the patient in the room."""

__version__ = "0.1.0"
