"""Why a number moved and whether it keeps pace: deterministic, and it adds up exactly."""
