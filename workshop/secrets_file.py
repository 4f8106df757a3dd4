"""Which passwords and keys does this machine's private set-up use?

Made once, kept in the state folder, readable by its owner only.
"""

import base64
import secrets

from workshop import env_file
from workshop.folders import StateFolder
from workshop.obstacles import Obstacle

PASSWORDS = (
    "SUPERUSER_PASSWORD",
    "OWNER_PASSWORD",
    "APP_PASSWORD",
    "WORKER_PASSWORD",
    "CLOCK_PASSWORD",
    "BACKUP_PASSWORD",
    "BROKER_PASSWORD",
    "SECRET_KEY",
)


def read_or_make(state: StateFolder) -> dict[str, str]:
    """The secrets by name, made at the first start.

    Refused where a database is there without them: what they encrypted could not be read.
    """
    known = env_file.read(state.secrets)
    if not known and state.cluster.exists():
        raise Obstacle(
            f"The keys {state.secrets} are gone though their database is still there: put the file "
            f"back, or remove {state.path} with all its data to begin anew."
        )
    made = {name: secrets.token_urlsafe(32) for name in PASSWORDS if name not in known}
    if "FIELD_KEY" not in known:
        made["FIELD_KEY"] = base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()
    if made:
        env_file.write(state.secrets, known | made)
    return known | made
