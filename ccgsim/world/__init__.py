"""How a world begins: scenario files, who lives in a CCG, and who seeks whose advice."""
