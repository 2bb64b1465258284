-- The first day of the newest statement of each actor on each issue.
-- It replaces every statement that had ended before it.
SELECT asked, actor, issue, max(date_from) AS start_day
FROM live
GROUP BY asked, actor, issue
