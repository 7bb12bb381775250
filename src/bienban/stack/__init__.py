"""What ``make`` calls: the embedded server, Airflow's processes, one run with its summary.

Operations only: the steps themselves are ``bienban.jobs``, and they run as tasks of the DAGs.
"""
