-- The offers that stand: no newer position, and no newer offer on the same condition, replaces them.
-- They make no position.
SELECT o.*
FROM counted o
  JOIN (SELECT asked, actor, issue, condition, max(date_from) AS start_day FROM counted WHERE offer
        GROUP BY asked, actor, issue, condition) r
    ON r.asked = o.asked AND r.actor = o.actor AND r.issue = o.issue AND r.condition = o.condition
  LEFT JOIN newest n ON n.asked = o.asked AND n.actor = o.actor AND n.issue = o.issue
  JOIN ask k ON k.asked = o.asked
WHERE o.offer
  AND (r.start_day IS NULL OR o.date_to >= r.start_day OR (o.date_to IS NULL AND o.date_lost))
  AND (n.start_day IS NULL OR o.date_to >= n.start_day OR (o.date_to IS NULL AND o.date_lost))
  AND (o.counts_to IS NULL OR o.counts_to >= k.day) AND (o.until_to IS NULL OR o.until_to >= k.day)
