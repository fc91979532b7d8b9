"""The borders: where work-ups and results come in and go out as files and text."""
