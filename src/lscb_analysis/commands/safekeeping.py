"""Commands that keep an area's state safe: its key, and its release register."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from lscb_analysis.commands.asking import area_option, asked_areas, refusing


@click.group(epilog="\b\nExamples:\n  lscb key backup E:/safe/key.txt\n  lscb key rotate")
def key() -> None:
    """Keep the area's key safe: references of children are made with it."""


@key.command(name="backup")
@area_option()
@click.argument("target", type=click.Path(path_type=Path))
def key_backup(target: Path, area_code: str | None) -> None:
    """Write the key to TARGET, a file outside the workspace."""
    from lscb_analysis.keys import back_up_key

    click.echo(f"The key is in {_with_key(back_up_key, area_code, target)}: keep it safe")


@key.command(name="restore")
@area_option()
@click.argument("source", type=click.Path(path_type=Path))
def key_restore(source: Path, area_code: str | None) -> None:
    """Put the key of the backup SOURCE in use; the present one is kept."""
    from lscb_analysis.keys import restore_key

    click.echo(f"In use again: {_with_key(restore_key, area_code, source)}")


@key.command(name="rotate")
@area_option()
def key_rotate(area_code: str | None) -> None:
    """Put a new key in use; the present one is kept."""
    from lscb_analysis.keys import rotate_key

    click.echo(f"A new key is in use: {_with_key(rotate_key, area_code)}")


@click.group()
def register() -> None:
    """Look after the release register, which says what is out already."""


@register.command(name="rebuild")
@area_option()
@click.option("--by", "first", required=True, help="Who rebuilds it.")
@click.option("--and", "second", required=True, help="Who stands by: somebody else.")
def register_rebuild(area_code: str | None, first: str, second: str) -> None:
    """Rebuild a lost or damaged register from the values that were released."""
    from lscb_analysis.releases import rebuild_register

    settings, areas = asked_areas((area_code,) if area_code else ())
    with refusing():
        count = rebuild_register(settings.workspace, areas[0], first, second)
    click.echo(f"The register of {areas[0]} has {count} releases again.")


def _with_key(act: Callable[..., Path], area_code: str | None, *files: Path) -> Path:
    """What comes of an act on one area's key; what is not safe is a refusal."""
    settings, areas = asked_areas((area_code,) if area_code else ())
    with refusing():
        return act(settings.workspace, areas[0], *files)
