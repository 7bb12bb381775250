"""How well the extractor agrees with careful human reading, field by field.

``bienban evaluate GOLD_DIR`` prints the table. A gold folder holds, per article, ``NAME.txt``, its
annotation ``NAME.json`` in the shape of the extraction contract and, where known, ``NAME.meta.json``
with ``url`` and ``published_on``.
"""

from bienban.evaluation.gold import GoldArticle, load_gold, predict
from bienban.evaluation.scoring import FIELDS, Scores, score
from bienban.evaluation.table import as_json, as_table
from bienban.evaluation.tally import Tally

__all__ = ["FIELDS", "GoldArticle", "Scores", "Tally", "as_json", "as_table", "load_gold", "predict", "score"]
