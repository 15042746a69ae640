"""Everything that a call needs, built once at the start."""

import logging
from dataclasses import dataclass

from backend.accounts import Accounts
from backend.applications import Applications
from backend.catalogue import Catalogue, csv_source, dataset_source
from backend.chat import Chat
from backend.clock import Clock, system_clock
from backend.database import Database, default_url
from backend.engines import Engine, create_engine
from backend.history import ChatHistory
from backend.limits import LIMITS, Limits
from backend.password_mail import PasswordMail
from backend.proven_emails import ProvenEmails
from backend.reports import Reports
from backend.search import Search
from backend.sessions import Sessions
from backend.settings import Settings
from backend.storage import open_source
from backend.students import Students

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Services:
    """The parts of the backend, shared by all doors."""

    settings: Settings
    clock: Clock
    catalogue: Catalogue
    search: Search
    database: Database
    accounts: Accounts
    proven: ProvenEmails
    password_mail: PasswordMail
    students: Students
    sessions: Sessions
    applications: Applications
    history: ChatHistory
    reports: Reports
    limits: Limits
    engine: Engine
    chat: Chat


def build_services(settings: Settings, clock: Clock = system_clock, engine: Engine | None = None) -> Services:
    """Read the catalogue, open and migrate the database, begin to load the model.

    Raises CatalogueError, SettingsError or Unavailable, which stop the start.
    """
    if settings.jwt_secret is None:
        log.warning("JWT_SECRET is not set: sign-ins end when this process ends.")
    log.info("Passwords are hashed by bcrypt at cost %d.", settings.bcrypt_cost)
    dataset = settings.catalogue_dataset
    source = dataset_source(dataset) if dataset else csv_source(settings.catalogue)
    catalogue, index = open_source(source, settings.data_dir / "index")
    search = Search(catalogue, index)
    database = Database(settings.database_url or default_url(settings.data_dir))
    database.migrate()
    history = ChatHistory(database, clock)
    model = engine or create_engine(settings)
    proven = ProvenEmails(database, clock, settings.bcrypt_cost)
    return Services(
        settings=settings, clock=clock, catalogue=catalogue, search=search, database=database,
        accounts=Accounts(database, clock, settings.bcrypt_cost), proven=proven,
        password_mail=PasswordMail(settings, proven), students=Students(database, clock),
        sessions=Sessions(database, clock, settings.signing_key(), settings.jwt_secret_old),
        applications=Applications(database, catalogue, clock), history=history, reports=Reports(database, clock),
        limits=Limits(settings.redis_url, LIMITS if settings.rate_limits == "on" else None),
        engine=model, chat=Chat(search, model, history, clock),
    )  # fmt: skip
