"""How does a test lose what was owed, as a fault or a bad restore would?"""

from django.db import connections

LOST = (
    "delete from {table} where authority_id = %s and {column} in (select id from duties_duty where closed_at is null)"
)


def lose_open_duties(by) -> None:
    """As the owner of the tables: the service itself can delete no line of a duty's history."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("select set_config('app.authority', %s, false)", [str(by.authority_id)])
        for table, column in (("duties_dutyevent", "duty_id"), ("duties_duty", "id")):
            cursor.execute(LOST.format(table=table, column=column), [by.authority_id])
