"""Editors, one for each kind of item: shown an answer by `show_standing`, giving one by `edited`."""
