"""HOW SURE we are: arrays in, arrays out. Intervals, control limits and rounding."""
