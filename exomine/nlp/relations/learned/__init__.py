"""The learned judge of relations: a small network reads the pairs of a sentence, a calibrated model weighs it with the
rules."""
