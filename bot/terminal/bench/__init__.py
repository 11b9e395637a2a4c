"""`steward bench`: how fast Steward is on this machine, beside baselines that write the same rows in the same run."""
