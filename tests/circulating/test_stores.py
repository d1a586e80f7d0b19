"""Briefings put into an S3-compatible store, of moto's server on this machine."""

from __future__ import annotations

import fsspec
import pytest
from moto.server import ThreadedMotoServer

from tests.briefing.drawn_workspace import MEREFORD, QUARTER


@pytest.fixture(scope="module")
def store():
    """The address of a store that has one bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def bucket(store, monkeypatch):
    for name, value in {
        "AWS_ENDPOINT_URL": store,
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    files = fsspec.filesystem("s3", skip_instance_cache=True)
    if not files.exists("briefings"):
        files.mkdir("briefings")
    return files


def test_each_group_s_own_briefings_go_to_its_own_place(outbox, bucket):
    outbox.set_up()
    done = outbox.circulate("--to-folder", "s3://briefings/board")
    assert done.exit_code == 0, done.output
    found = bucket.find("briefings/board")
    groups = {path.split("/")[2] for path in found}
    assert groups == {"board", "dvsv", "cdop"}
    page = f"briefings/board/dvsv/{MEREFORD}/{QUARTER}/domestic_abuse.html"
    assert bucket.cat(page) == outbox.page("domestic_abuse").read_bytes()
    assert not any("domestic_abuse" in path for path in found if "/cdop/" in path)
    again = outbox.circulate("--to-folder", "s3://briefings/board")
    assert "has " in again.output


def test_a_bucket_that_is_not_there_is_told_and_nothing_counts_as_gone(outbox, bucket):
    outbox.set_up()
    done = outbox.circulate("--to-folder", "s3://not-there/board")
    assert done.exit_code == 1
    assert "cannot be written" in done.output
    assert "Traceback" not in done.output


def test_a_kind_of_place_that_is_not_known_is_refused(outbox):
    outbox.set_up()
    done = outbox.circulate("--to-folder", "nowhere://board")
    assert done.exit_code == 2
    assert "is no place that is known" in done.output
