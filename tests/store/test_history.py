import pytest

from backend.accounts import Account, Accounts
from backend.database import Database
from backend.errors import NotFound, ValidationFailed
from backend.history import BrowserChat, BrowserTurn, ChatHistory
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


def test_s57_a_turn_is_saved_whole_or_not_at_all(
    history: ChatHistory, database: Database, asha: Account, chat: tuple[str, str]
):
    for session_id in (chat[0], None):
        with pytest.raises(ValidationFailed):
            history.append(asha.id, session_id, "question", "lone surrogate \ud800", {})
    with database.session():
        assert (ChatMessageRow.select().count(), ChatSessionRow.select().count()) == (2, 1)


def test_s60_anothers_chat_looks_like_none(history: ChatHistory, asha: Account, ben: Account, chat: tuple[str, str]):
    said = set()
    for session_id in (chat[0], "0" * 32):
        for call in (
            lambda i: history.append(ben.id, i, "q", "a", {}),
            lambda i: history.messages(ben.id, i),
            lambda i: history.session(ben.id, i),
            lambda i: history.last_details(ben.id, i),
            lambda i: history.delete_session(ben.id, i),
            lambda i: history.change(ben.id, i, title="of Ben"),
            lambda i: history.take_back(ben.id, i, 1),
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


def test_the_chat_used_last_comes_first(history: ChatHistory, asha: Account, chat: tuple[str, str], clock: FakeClock):
    clock.advance(minutes=1)
    second, _ = history.append(asha.id, None, "second", "answer", {})
    clock.advance(minutes=1)
    history.append(asha.id, chat[0], "and now?", "answer", {})
    listed = history.sessions(asha.id)
    assert [s.id for s in listed] == [chat[0], second]
    assert listed[0].updated_at == clock() and listed[0].created_at < clock()
    assert [s.id for s in history.sessions(asha.id, limit=1, offset=1)] == [second]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("", ["first", "second", "third"]), ("AWARDS", ["first"]), ("awards FIT", ["first"]), ("awards girls", []),
        ("छात्रवृत्ति", ["third"]), ("छात्रवृत्ति bihar", ["third"]), ("50%", ["second"]), ("5_%", []), ("%", ["second"]),
        ("_", []), ("\\", []), ("two", ["first", "second"]), ("x" * 200, []),
    ],
)  # fmt: skip
def test_search_over_titles_and_messages(
    history: ChatHistory, asha: Account, ben: Account, clock: FakeClock, words: str, found: list[str]
):
    chats = {
        "first": history.append(asha.id, None, "Which awards fit me?", "These **two**.", {})[0],
        "second": history.append(asha.id, None, "Marks 50%", "For girls: two.", {})[0],
        "third": history.append(asha.id, None, "मेरे लिए छात्रवृत्ति?", "Nothing.", {})[0],
    }
    history.change(asha.id, chats["third"], title="In Bihar")
    history.append(ben.id, None, "awards 50% छात्रवृत्ति", "two", {})
    names = {i: name for name, i in chats.items()}
    assert sorted(names[s.id] for s in history.sessions(asha.id, words)) == found


def test_a_snippet_shows_where_the_words_are(history: ChatHistory, asha: Account):
    history.append(asha.id, None, "first", "word " * 50 + "the **Pragati** scheme " + "word " * 50, {})
    history.append(asha.id, None, "Pragati?", "No.", {})
    snippets = {s.title: s.snippet for s in history.sessions(asha.id, "pragati")}
    assert "the Pragati scheme" in snippets["first"] and len(snippets["first"]) < 150
    assert snippets["first"].startswith("… ") and snippets["first"].endswith(" …")
    assert snippets["Pragati?"] == "Pragati?"
    assert [s.snippet for s in history.sessions(asha.id)] == ["", ""]


def test_a_title_of_ones_own(history: ChatHistory, asha: Account, ben: Account, chat: tuple[str, str]):
    assert history.change(asha.id, chat[0], title="50% & <b>").title == "50% & <b>"
    assert history.session(asha.id, chat[0]).title == "50% & <b>"
    with pytest.raises(NotFound):
        history.change(ben.id, chat[0], title="of Ben")


def test_turns_are_taken_back(history: ChatHistory, asha: Account, ben: Account, chat: tuple[str, str]):
    for number in range(1, 4):
        history.append(asha.id, chat[0], f"q{number}", f"a{number}", {"number": number})
    history.take_back(asha.id, chat[0], 0)
    with pytest.raises(NotFound):
        history.take_back(ben.id, chat[0], 1)
    assert history.messages(asha.id, chat[0])[1] == 8
    history.take_back(asha.id, chat[0], 2)
    assert [m.content for m in history.messages(asha.id, chat[0])[0]] == [
        "Which awards\n fit  me?", "These two.", "q1", "a1"
    ]  # fmt: skip
    assert history.last_details(asha.id, chat[0]) == {"number": 1}
    history.append(asha.id, chat[0], "again", "answer", {})
    history.take_back(asha.id, chat[0], 50)
    assert history.sessions(asha.id) == []
    with pytest.raises(NotFound):
        history.take_back(asha.id, chat[0], 1)


def test_a_chat_with_a_title_of_its_own_stays_when_its_turns_go(
    history: ChatHistory, asha: Account, chat: tuple[str, str]
):
    history.change(asha.id, chat[0], title="My plan")
    history.take_back(asha.id, chat[0], 1)
    assert history.last_details(asha.id, chat[0]) == {}
    history.append(asha.id, chat[0], "again", "answer", {})
    assert history.session(asha.id, chat[0]).title == "My plan"
    assert [m.content for m in history.messages(asha.id, chat[0])[0]] == ["again", "answer"]


def test_the_thumb_stands_beside_the_answer(history: ChatHistory, asha: Account, chat: tuple[str, str]):
    history.feedback(asha.id, chat[1], "down", None, ["wrong_fact"])
    messages, _ = history.messages(asha.id, chat[0])
    assert [m.rating for m in messages] == [None, "down"]
    assert messages[1].details == {"shown": ["a", "b"]}


def test_a_chat_taken_over_at_once_by_several_windows_is_there_once(history: ChatHistory, asha: Account) -> None:
    turns = [BrowserTurn("q1", "a1", {}), BrowserTurn("q2", "a2", {})]
    chat = BrowserChat("b1", None, None, turns)
    results = in_parallel(4, lambda _: history.take_over(asha.id, chat))
    assert len({r.id for r in results}) == 1, results
    messages, total = history.messages(asha.id)
    assert total == 4 and [m.content for m in messages] == ["q1", "a1", "q2", "a2"]
    with pytest.raises(NotFound):
        history.take_over("f" * 32, chat)


def test_old_chats_are_deleted_unless_they_are_kept(history: ChatHistory, asha: Account, clock: FakeClock):
    kept, _ = history.append(asha.id, None, "keep me", "yes", {})
    old, _ = history.append(asha.id, None, "old", "yes", {})
    assert history.change(asha.id, kept, kept=True).kept
    clock.advance(days=89)
    recent, _ = history.append(asha.id, None, "recent", "yes", {})
    assert {c.id for c in history.sessions(asha.id)} == {kept, old, recent}
    clock.advance(days=1, minutes=1)
    history.append(asha.id, recent, "again", "yes", {})
    assert {c.id for c in history.sessions(asha.id)} == {kept, recent}
    assert history.messages(asha.id)[1] == 6
