-- How far two actors say the same, and the opposite, statement by statement (Leifeld 2017).
-- Their difference is `subtract`.
SELECT a.asked, a.actor AS one_actor, b.actor AS other_actor,
  sum(1 - abs(a.score - b.score) / 2) AS congruence, sum(abs(a.score - b.score) / 2) AS conflict,
  sum(1 - abs(a.score - b.score)) AS subtract, count(DISTINCT a.issue) AS issues
FROM said a JOIN said b ON a.asked = b.asked AND a.issue = b.issue AND a.actor < b.actor
GROUP BY a.asked, a.actor, b.actor
