"""From what a reader saw to canonical cells: labels matched, values placed, doubts kept.

Two ways lead there. The usual text, a row a line, is read at a glance (``plain_lines``, ``glance``). All other text
goes through ``stream``: cells cut (``cells``, ``dividers``, ``aligned``, ``glued``, ``counters``, ``written``), labels
put together from lines under one another (``stacked``) and chained (``vocabulary``, ``chain``, ``edition``), rows read
and placed (``headers``, ``rows``, ``habits``, ``foreign``, ``gaps``, ``doubles``, ``counted``, ``underneath``,
``placing``, ``digits``), decided (``resolve``, ``joint``, ``subsets``, ``arranged``, last of all ``told``) and written
(``filling``, ``said``); ``tears`` sees that numbers of a text came apart, ``torn`` joins them; ``across`` reads the
review table, by its ``groups``; ``trace`` explains.
Tables with positions go through ``grids``: rows told apart (``grids_lines``, ``grids_vocab``), turned if need be
(``grids_turn``), headers and rows found (``grids_frame``, ``grids_rows``), read at a glance (``grids_plain``) or placed
and decided (``grids_place``, ``grids_cells``, ``grids_values``), doubted where rows are gone (``grids_gaps``) or
columns moved (``grids_order``); ``grids_across`` reads the review table, ``grids_crossed`` those in no usual shape;
``scattered`` knows those that damage has taken apart, ``ocr_repair`` those of scans.
What both have read (``reading``), ``merge``, ``metadata``, ``shortfalls``, ``unread`` and ``report`` make into one
report.
"""
