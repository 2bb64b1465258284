-- On how many independent sources each position rests: sources that repeat the same one count as one.
-- The source that is left out, and sources that lend nothing, do not count.
SELECT f.asked, f.actor, f.issue, count(DISTINCT r.root) AS independent
FROM in_force f JOIN stance_source x ON x.stance = f.stance JOIN rooted r ON r.asked = f.asked AND r.source = x.source
WHERE x.lends
GROUP BY f.asked, f.actor, f.issue
