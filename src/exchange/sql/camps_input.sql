-- The weighted pairs that camps are made of: those who agree more often than not.
-- Any program that finds communities takes them.
SELECT asked, one_actor, other_actor, net AS weight FROM net WHERE net > 0
