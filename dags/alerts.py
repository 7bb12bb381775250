"""Who is told when something goes wrong: notifiers for every DAG, configured by Airflow connections only.

``bienban_smtp`` (type smtp; extra ``to``: addresses) and ``bienban_webhook`` (type http; ``host``: the
whole address, ``password``: a bearer token) are used when they exist; without them nobody is told.
An alert holds names, counts, keys and reasons, never words of an article: the message of a task that
failed unexpectedly stays in its log.
"""

from typing import Any

from airflow.sdk import BaseNotifier, Connection
from airflow.sdk.exceptions import AirflowNotFoundException

SMTP, WEBHOOK = "bienban_smtp", "bienban_webhook"
_TIMEOUT = 10  # seconds


class TaskFailed(BaseNotifier):
    """A task failed for good: what the gate, the publication or the landing folder says, else where its log is."""

    def notify(self, context: Any) -> None:
        """Tell everybody who is configured."""
        error = context.get("exception")
        # Raised by our own DAGs with messages that hold no words of articles; any other may quote what it read.
        is_ours = type(error).__name__ == "AirflowFailException"
        told = str(error) if is_ours else f"{type(error).__name__}: the task's log says more"
        _tell("failed", context, told)


class WarningsFailed(BaseNotifier):
    """The gate let a candidate pass with failed warnings: drift, staleness, what people should look at."""

    def notify(self, context: Any) -> None:
        """Tell everybody who is configured, if there is a warning."""
        validated = context["ti"].xcom_pull(task_ids=context["ti"].task_id)
        if validated and validated["warnings"]:
            _tell("warnings", context, "\n".join(validated["warnings"]))


def _tell(event: str, context: Any, told: str) -> None:
    instance = context["ti"]
    alert = {
        "event": event,
        "dag": instance.dag_id,
        "run": instance.run_id,
        "task": instance.task_id,
        "told": told,
        "log": getattr(instance, "log_url", None),
    }
    for send in (_by_mail, _by_webhook):
        try:
            send(alert, context)
        except AirflowNotFoundException:
            continue  # nobody is to be told this way


def _by_mail(alert: dict[str, Any], context: Any) -> None:
    import html

    from airflow.providers.smtp.notifications.smtp import SmtpNotifier

    receivers = Connection.get(SMTP).extra_dejson.get("to")
    lines = "\n".join(f"{name}: {value}" for name, value in alert.items() if value)
    SmtpNotifier(
        smtp_conn_id=SMTP,
        to=receivers,
        subject=f"bienban: {alert['task']} of {alert['dag']}: {alert['event']}",
        html_content=f"<pre>{html.escape(lines)}</pre>",
    ).notify(context)


def _by_webhook(alert: dict[str, Any], _: Any) -> None:
    import httpx

    connection = Connection.get(WEBHOOK)
    headers = {"authorization": f"Bearer {connection.password}"} if connection.password else {}
    httpx.post(connection.host, json=alert, headers=headers, timeout=_TIMEOUT).raise_for_status()
