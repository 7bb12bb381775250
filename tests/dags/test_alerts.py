"""Alerts reach a mail server and a web hook that Airflow's connections name, and nobody else."""

import logging

from bienban.settings import Settings


def test_an_empty_landing_folder_is_told(dagbag, dag_home: Settings, told) -> None:
    assert dagbag.dags["watch_landing"].test().state == "failed"
    (mail,) = told.mails
    assert "To: editor@example.vn" in mail
    assert "Subject: bienban: look of watch_landing: failed" in mail
    (post,) = told.posts
    assert post["dag"] == "watch_landing"
    assert "no article was ever loaded" in post["told"]
    assert post["authorization"] == "Bearer t0ken"


def test_without_connections_nobody_is_told(dagbag, dag_home: Settings, told, monkeypatch, caplog) -> None:
    monkeypatch.delenv("AIRFLOW_CONN_BIENBAN_SMTP")
    monkeypatch.delenv("AIRFLOW_CONN_BIENBAN_WEBHOOK")
    with caplog.at_level(logging.ERROR):
        assert dagbag.dags["watch_landing"].test().state == "failed"
    assert (told.mails, told.posts) == ([], [])


def test_what_an_unexpected_error_quotes_is_not_passed_on(told, dag_home: Settings, dagbag) -> None:
    from alerts import TaskFailed

    class Instance:
        dag_id, run_id, task_id, log_url = "ingest_dumps", "r", "load", "http://localhost/log"

    TaskFailed().notify({"ti": Instance(), "exception": ValueError("Hội nghị tổng kết của huyện")})
    (post,) = told.posts
    assert post["told"] == "ValueError: the task's log says more"
