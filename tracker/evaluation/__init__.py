"""Gold briefs and predicted ones → the figures of the contract: precision, recall, F1, silence, kind."""

from tracker.evaluation.scoring import Figure, Scores, read_gold, score

__all__ = ["Figure", "Scores", "read_gold", "score"]
