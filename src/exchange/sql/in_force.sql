-- The statements that make positions: no newer one replaces them, and they have not ended.
-- One without a date is older than all others.
SELECT l.*
FROM live l JOIN newest n ON n.asked = l.asked AND n.actor = l.actor AND n.issue = l.issue JOIN ask k ON k.asked = l.asked
WHERE (n.start_day IS NULL OR l.date_to >= n.start_day OR (l.date_to IS NULL AND l.date_lost))
  AND (l.counts_to IS NULL OR l.counts_to >= k.day) AND (l.until_to IS NULL OR l.until_to >= k.day)
