-- What the statements in force of each actor on each issue say, counted.
-- Words are alike on one side, numbers if equal, a number and a word in one half.
SELECT asked, actor, issue, count(*) AS statements, max(date_from) AS newest_day,
  count(DISTINCT CASE WHEN side <> 'number' THEN side END) AS words, count(DISTINCT number) AS numbers,
  count(DISTINCT half) AS halves, min(CASE WHEN half IS NULL THEN 0 ELSE 1 END) AS all_in_halves,
  min(number) AS number, min(CASE WHEN side <> 'number' THEN side END) AS word,
  min(CASE WHEN position IN ('StronglySupports', 'StronglyOpposes') THEN 2 ELSE 1 END) AS strength,
  max(perhaps) AS perhaps
FROM in_force
GROUP BY asked, actor, issue
