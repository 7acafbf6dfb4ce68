"""The judgement: classifier, training, calibration, evaluation and the synthetic corpus."""
