-- The scores of the statements in force of those who are counted.
-- Mixed, and a number on an issue without a scale, have none.
SELECT f.asked, f.actor, f.issue, f.stance, f.score
FROM in_force f LEFT JOIN folded d ON d.asked = f.asked AND d.actor = f.actor AND d.issue = f.issue
WHERE d.actor IS NULL AND f.score IS NOT NULL
