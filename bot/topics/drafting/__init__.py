"""From a tip to posts worth sending: tips, facts, drafts, the checker, policy and approval, the archive."""
