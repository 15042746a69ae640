import pytest

from backend.accounts import Account, Accounts
from backend.database import Database
from backend.errors import NotFound, ValidationFailed
from backend.history import ChatHistory
from backend.models import ChatMessageRow, ChatSessionRow, FeedbackRow
from tests.store.conftest import PASSWORD, FakeClock, in_parallel


@pytest.fixture
def chat(history: ChatHistory, asha: Account) -> tuple[str, str]:
    """A chat of Asha's with one turn: its id, and the answer's."""
    return history.append(asha.id, None, "Which awards\n fit  me?", "These two.", {"shown": ["a", "b"]})


def test_a_turn_is_two_messages(history: ChatHistory, asha: Account, chat: tuple[str, str], clock: FakeClock):
    messages, total = history.messages(asha.id)
    assert total == 2
    assert [(m.role, m.content, m.session_id, m.created_at) for m in messages] == [
        ("user", "Which awards\n fit  me?", chat[0], clock()),
        ("assistant", "These two.", chat[0], clock()),
    ]
    assert messages[1].id == chat[1]
    assert history.session(asha.id, chat[0]).title == "Which awards fit me?"
    assert history.last_details(asha.id, chat[0]) == {"shown": ["a", "b"]}


def test_titles_have_60_characters_at_most(history: ChatHistory, asha: Account):
    session_id, _ = history.append(asha.id, None, "छात्रवृत्ति " * 100, "", {})
    assert 0 < len(history.session(asha.id, session_id).title) <= 60


def test_pages_are_oldest_first(history: ChatHistory, asha: Account, clock: FakeClock):
    first, _ = history.append(asha.id, None, "q0", "a0", {})
    for number in range(1, 4):
        clock.advance(seconds=1)
        history.append(asha.id, first, f"q{number}", f"a{number}", {"number": number})
    clock.advance(seconds=1)
    second, _ = history.append(asha.id, None, "other", "chat", {})
    assert [m.content for m in history.messages(asha.id, first)[0]] == ["q0", "a0", "q1", "a1", "q2", "a2", "q3", "a3"]
    page, total = history.messages(asha.id, first, limit=3, offset=2)
    assert ([m.content for m in page], total) == (["q1", "a1", "q2"], 8)
    assert [m.content for m in history.messages(asha.id, limit=2, offset=8)[0]] == ["other", "chat"]
    assert history.messages(asha.id, offset=100) == ([], 10)
    assert [s.id for s in history.sessions(asha.id)] == [second, first]
    assert history.last_details(asha.id, first) == {"number": 3}


def test_turns_at_once_in_one_chat_do_not_mix(
    history: ChatHistory, database: Database, asha: Account, chat: tuple[str, str]
):
    def turns(thread: int) -> None:
        for number in range(5):
            history.append(asha.id, chat[0], f"q {thread} {number}", f"a {thread} {number}", {})

    assert in_parallel(8, turns) == [None] * 8
    messages, total = history.messages(asha.id, chat[0], limit=200)
    assert total == 82
    for question, answer in zip(messages[::2], messages[1::2], strict=True):
        assert (question.role, answer.role) == ("user", "assistant")
        assert question.content[1:] == answer.content[1:] or question.content.startswith("Which")
    with database.session():
        assert sorted(m.position for m in ChatMessageRow.select()) == list(range(1, 83))


def test_a_turn_is_saved_whole_or_not_at_all(
    history: ChatHistory, database: Database, asha: Account, chat: tuple[str, str]
):
    for session_id in (chat[0], None):
        with pytest.raises(ValidationFailed):
            history.append(asha.id, session_id, "question", "lone surrogate \ud800", {})
    with database.session():
        assert (ChatMessageRow.select().count(), ChatSessionRow.select().count()) == (2, 1)


def test_anothers_chat_looks_like_none(history: ChatHistory, asha: Account, ben: Account, chat: tuple[str, str]):
    said = set()
    for session_id in (chat[0], "0" * 32):
        for call in (
            lambda i: history.append(ben.id, i, "q", "a", {}),
            lambda i: history.messages(ben.id, i),
            lambda i: history.session(ben.id, i),
            lambda i: history.last_details(ben.id, i),
            lambda i: history.delete_session(ben.id, i),
        ):
            with pytest.raises(NotFound) as error:
                call(session_id)
            said.add(error.value.message)
    assert len(said) == 1
    history.delete_all(ben.id)
    assert history.messages(ben.id) == ([], 0)
    assert history.sessions(ben.id) == []
    assert history.messages(asha.id)[1] == 2


def test_feedback_is_for_ones_own_answers_and_the_latest_counts(
    history: ChatHistory, database: Database, asha: Account, ben: Account, chat: tuple[str, str]
):
    history.feedback(asha.id, chat[1], "down", "wrong amount")
    history.feedback(asha.id, chat[1], "up", None)
    said = set()
    for account, message in ((ben, chat[1]), (ben, "0" * 32), (asha, "0" * 32)):
        with pytest.raises(NotFound) as error:
            history.feedback(account.id, message, "up", None)
        said.add(error.value.message)
    assert len(said) == 1
    with database.session():
        assert [(f.rating, f.comment) for f in FeedbackRow.select()] == [("up", None)]


def test_deleting_chats(history: ChatHistory, database: Database, asha: Account, ben: Account, chat: tuple[str, str]):
    kept, _ = history.append(ben.id, None, "of Ben", "answer", {})
    second, answer = history.append(asha.id, None, "second", "answer", {})
    history.feedback(asha.id, answer, "up", None)
    history.delete_session(asha.id, chat[0])
    assert [s.id for s in history.sessions(asha.id)] == [second]
    history.delete_all(asha.id)
    assert history.messages(asha.id) == ([], 0)
    with database.session():
        assert (ChatMessageRow.select().count(), FeedbackRow.select().count()) == (2, 0)
    assert [s.id for s in history.sessions(ben.id)] == [kept]


def test_a_turn_that_ends_after_the_account_was_deleted(
    history: ChatHistory, accounts: Accounts, asha: Account, chat: tuple[str, str]
):
    accounts.delete(asha.id, PASSWORD)
    for session_id in (chat[0], None):
        with pytest.raises(NotFound):
            history.append(asha.id, session_id, "q", "a", {})
