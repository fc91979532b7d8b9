"""The protocol, the work-up and what its answers amount to: pure, no files, no clock, no window."""
