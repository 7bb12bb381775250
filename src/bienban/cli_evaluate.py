"""``bienban evaluate``: the extractor against a folder of annotated articles."""

from pathlib import Path

import click
import orjson


@click.command()
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--prefix", default="", help="Only articles whose id begins so.")
@click.option("--json", "as_json_object", is_flag=True, help="One JSON object.")
@click.option("--errors", is_flag=True, help="Also every disagreement, by article, on standard error.")
def evaluate(gold_dir: Path, prefix: str, as_json_object: bool, errors: bool) -> None:
    """Score the extractor against the annotated articles in GOLD_DIR, per field."""
    from bienban.evaluation import as_json, as_table, load_gold, predict, score

    gold = load_gold(gold_dir, prefix)
    scores = score([article.annotation for article in gold], predict(gold))
    if as_json_object:
        click.echo(orjson.dumps(as_json(scores), option=orjson.OPT_INDENT_2))
    else:
        click.echo(as_table(scores))
    if errors:
        for article, found in scores.errors.items():
            for error in found:
                click.echo(f"{article}: {error}", err=True)
