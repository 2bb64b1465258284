-- The sources at the end of `via` from each source, without the one that is left out.
-- A source that only repeats the one left out has none: it falls with it.
SELECT k.asked, r.source, r.root
FROM source_root r CROSS JOIN ask k
  LEFT JOIN source_without w ON w.source = r.source AND w.without_source = k.without_source
WHERE w.source IS NULL AND r.source <> k.without_source
UNION ALL
SELECT k.asked, w.source, w.root
FROM source_without w JOIN ask k ON k.without_source = w.without_source
WHERE w.root IS NOT NULL
