"""From what a reader saw to canonical cells: labels matched, values placed, doubts kept.

Two ways lead there. The usual text, a row a line, is read at a glance (``plain_lines``, ``glance``). All other text
goes through ``stream``: cells cut (``cells``, ``dividers``, ``aligned``, ``glued``, ``counters``, ``written``), labels
chained (``vocabulary``, ``chain``, ``edition``), rows read and placed (``headers``, ``rows``, ``habits``, ``foreign``,
``gaps``, ``doubles``, ``counted``, ``underneath``, ``placing``, ``digits``), decided (``resolve``, ``joint``,
``subsets``, ``arranged``, last of all ``told``) and written (``filling``, ``said``); ``tears`` sees that numbers of a
text came apart, ``torn`` joins them; ``across`` reads the review table, by its ``groups``; ``trace`` explains.
Tables with positions go through ``grids`` and its ``grids_*`` (``grids_crossed`` knows those in no usual shape);
``scattered`` knows those that damage has taken apart.
What both have read, ``merge``, ``metadata``, ``shortfalls``, ``unread`` and ``report`` make into one report.
"""
