"""Claims about projects: who redesigns, who adopts, what a champion brings."""
