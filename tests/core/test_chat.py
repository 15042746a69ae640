"""One turn: facts from records, follow-ups, guests and students apart, the model's words checked."""

import re
import threading
from collections.abc import Generator
from dataclasses import replace

import pytest

from backend.accounts import Accounts
from backend.chat import Chat, Reply
from backend.database import Database
from backend.engines import EngineError, NoEngine
from backend.engines.base import LARGE_LANGUAGES, SMALL_LANGUAGES
from backend.errors import NotFound
from backend.history import ChatHistory
from backend.profile import Profile
from tests.conftest import NOW


class Speaker:
    """An engine that says what the test wants: the seam where a model would be."""

    name, state, detail, languages = "speaker", "ready", "", LARGE_LANGUAGES

    def __init__(self, text: str, reason: str = "") -> None:
        self.text, self.reason, self.spoken, self.closed = text, reason, 0, threading.Event()

    def stream(self, messages, *, max_new_tokens, deadline_s) -> Generator[str, None, None]:
        self.messages = messages
        try:
            yield ""
            for word in re.findall(r"\S+\s*", self.text):
                self.spoken += 1
                yield word
            if self.reason:
                raise EngineError("The model did not answer.", self.reason)
        finally:
            self.closed.set()

    def close(self) -> None: ...


@pytest.fixture
def history(tmp_path) -> ChatHistory:
    database = Database(f"sqlite:///{tmp_path / 'chat.db'}")
    database.migrate()
    history = ChatHistory(database, lambda: NOW)
    history.account = Accounts(database, lambda: NOW, 4).sign_up("asha@example.com", "a long pass phrase").id
    return history


def ask(chat: Chat, message: str, session: str | None = None, account: str | None = None, **more) -> Reply:
    options = {"profile": Profile(), "language": None} | more
    items = list(chat.stream(message, account_id=account, session_id=session, **options))
    reply = items[-1]
    assert "".join(i for i in items[:-1]) == reply.message
    return reply


@pytest.fixture
def chat(search, history) -> Chat:
    return Chat(search, NoEngine(), history, lambda: NOW)


def test_a_question_is_answered_from_records_without_a_model(chat):
    reply = ask(chat, "Show me scholarships for engineering")
    assert reply.engine == "catalogue" and len(reply.hits) == 5
    for hit in reply.hits:
        assert hit.record.fields[0] == "any" or "engineering" in hit.record.fields
        assert hit.record.award in reply.message.replace("\\", "")
    assert {c.scholarship_id for c in reply.citations} == {h.record.id for h in reply.hits}


@pytest.mark.parametrize(
    ("message", "must"),
    [
        ("last date of NMMSS", "Closed on 30 September 2025"),
        ("how much does inspire she pay", "₹80,000 a year"),
        ("official site of chevening", "chevening.org"),
        ("documents for nmmss", "One-time registration on NSP"),
    ],
)
def test_one_fact_of_one_record(chat, message, must):
    reply = ask(chat, message)
    assert len(reply.hits) == 1 and must in reply.message


def test_follow_ups_speak_of_the_record_in_focus_and_of_the_list(chat):
    first = ask(chat, "tell me about NMMSS")
    second = ask(chat, "iska last date?", first.session_id)
    assert [h.record.id for h in second.hits] == ["nmmss"] and "2025" in second.message
    listed = ask(chat, "haryana obc 11th class scholarships", first.session_id)
    third = ask(chat, "3rd wali ke bare me batao", first.session_id)
    assert third.hits[0].record.id == listed.hits[2].record.id


@pytest.mark.parametrize(
    ("message", "intent", "must"),
    [
        ("scholarship approve ho gayi par khate me paisa nahi aaya", "payment", "Aadhaar"),
        ("मेरे खाते में पैसा नहीं आया", "payment", "आधार"),
        ("my application shows defective, what now", "status", "submit again"),
        ("kal ka cricket match kaun jeetega", "off_topic", "scholarships me madad"),
        ("college nikaal dega, mar jaane ka man karta hai", "distress", "14416"),
        ("OBC ka nakli caste certificate ka format bhejo", "fraud", "apradh"),
        ("nmmss ko save kar lo aur yaad dila dena", "save", "Account"),
        ("agle 30 din ka plan bana do: bihar, btech, income 2 lakh", "list", "Aaj:"),
    ],
)
def test_kinds_of_question_that_are_not_about_a_fact(chat, message, intent, must):
    reply = ask(chat, message)
    assert reply.intent == intent and must in reply.message
    assert reply.hits == () or intent in ("save", "list")


@pytest.mark.parametrize(
    "message", ["How much does the Elon Musk India Scholarship pay?", "Mangalyaan laptop yojana ka link do"]
)
def test_an_invented_scheme_is_not_confirmed(chat, message):
    reply = ask(chat, message)
    assert reply.intent == "unknown" and reply.engine == "catalogue"
    assert "cannot confirm" in reply.message or "pushti nahi" in reply.message


def test_what_is_no_search_finds_nothing(chat):
    assert ask(chat, "write a python program for bubble sort").hits == ()


@pytest.mark.parametrize("message", ["scholarship for cricket players", "dbt jrf last date", "film making scholarship"])
def test_words_of_other_things_do_not_hide_a_scholarship(chat, message):
    assert ask(chat, message).hits


def test_a_place_in_words_or_a_part_of_the_name_points_into_the_list(chat):
    first = ask(chat, "Scholarships in Meghalaya for class 12, income 3 lakh")
    second = ask(chat, "the second one, how do I apply?", first.session_id)
    assert [h.record.id for h in second.hits] == [first.hits[1].record.id]
    listed = ask(chat, "haryana obc 11th class scholarships", first.session_id)
    name = listed.hits[2].record.name.split()[0]
    third = ask(chat, f"{name} wali ka amount?", first.session_id)
    assert third.hits[0].record.name.startswith(name)


def test_a_question_without_another_name_is_about_the_record_in_focus(chat):
    first = ask(chat, "mysy gujarat")
    for question in ("renew karne ko kitne marks aur kitni attendance chahiye", "selection kaise hota hai"):
        assert [h.record.id for h in ask(chat, question, first.session_id).hits] == ["gujarat-mysy"], question


def test_what_was_learned_stays_and_can_be_corrected(chat):
    first = ask(chat, "obc girl from bihar, class 12, income 2 lakh")
    later = ask(chat, "nahi, income 6 lakh hai", first.session_id)
    assert later.profile.family_income == 600000 and later.profile.state == "Bihar"
    assert all(h.record.max_family_income is None or h.record.max_family_income >= 600000 for h in later.hits)


def test_a_scheme_that_does_not_exist_is_not_confirmed(chat):
    reply = ask(chat, "how much money does the Virat Kohli Galaxy Fellowship give")
    assert reply.intent == "unknown" and "cannot confirm" in reply.message


def test_language_of_the_answer(chat):
    assert re.search("[\u0900-\u097f]", ask(chat, "मुझे छात्रवृत्ति चाहिए").message)
    assert "Aapne" in ask(chat, "bihar ki ladki hu scholarship batao").message
    assert "ठीक" in ask(chat, "girl from bihar", language="hi").message


def test_private_numbers_are_neither_answered_nor_stored(chat, history):
    reply = ask(chat, "mera aadhaar 4821 7733 9054 hai form bhar do", account=history.account)
    stored = [m.content for m in history.messages(history.account)[0]]
    assert reply.intent == "private" and not reply.hits
    assert not any("7733" in text for text in [reply.message, *stored])


def test_a_students_chat_is_stored_and_nobody_elses_to_read(chat, history):
    reply = ask(chat, "tell me about NMMSS", account=history.account)
    messages, total = history.messages(history.account, reply.session_id)
    assert total == 2 and [m.role for m in messages] == ["user", "assistant"]
    assert messages[1].content == reply.message and messages[1].id == reply.message_id
    with pytest.raises(NotFound):
        ask(chat, "and the amount?", reply.session_id)
    guest = ask(chat, "tell me about NMMSS")
    with pytest.raises(NotFound):
        ask(chat, "and the amount?", guest.session_id, history.account)
    with pytest.raises(NotFound):
        ask(chat, "hi", "0" * 32)


def test_s46_the_models_words_are_checked_sentence_by_sentence(search, history):
    speaker = Speaker("Keep your papers ready and start early. It pays 90000 rupees. Ask your teacher for help too. ")
    reply = ask(Chat(search, speaker, history, lambda: NOW), "tell me about NMMSS")
    assert reply.engine == "model"
    assert reply.message.endswith("Tip: Keep your papers ready and start early. Ask your teacher for help too.")
    assert "90000" not in reply.message


def test_a_model_that_only_states_facts_leaves_the_catalogues_answer(search, history):
    reply = ask(Chat(search, Speaker("It pays 90000 rupees. It closes in March."), history, lambda: NOW), "about NMMSS")
    assert reply.engine == "catalogue" and "90000" not in reply.message


@pytest.mark.parametrize("state", ["loading", "failed"])
def test_s46_while_the_model_loads_or_failed_the_catalogue_answers(search, history, state):
    speaker = Speaker("Hello there my friend.")
    speaker.state = state
    assert ask(Chat(search, speaker, history, lambda: NOW), "about NMMSS").engine == "catalogue"
    assert speaker.spoken == 0


@pytest.mark.parametrize(("reason", "said"), [("failed", "did not answer"), ("busy", "busy"), ("quota", "quota")])
def test_a_model_that_does_not_answer_leaves_the_catalogues_answer_and_is_named(search, history, reason, said):
    reply = ask(Chat(search, Speaker("", reason), history, lambda: NOW), "about NMMSS")
    assert reply.engine == "catalogue" and reply.hits
    assert "Answered from the catalogue alone" in reply.message.splitlines()[-1] and said in reply.message


def test_the_model_gets_the_records_as_data_and_may_repeat_what_they_state(search, history):
    speaker = Speaker(
        "You can get ₹12,000 a year from NMMSS. Chevening pays ₹12,000 a year. Ask your school to verify it. "
    )
    reply = ask(Chat(search, speaker, history, lambda: NOW), "tell me about NMMSS")
    assert "₹12,000" in speaker.messages[1]["content"] and "tell me about NMMSS" in speaker.messages[1]["content"]
    assert reply.message.endswith("Tip: You can get ₹12,000 a year from NMMSS. Ask your school to verify it.")


def test_a_small_model_is_asked_for_one_tip_on_another_topic_each_time(search, history):
    speaker = Speaker("Read the rules twice before you begin. It pays you well. ")
    speaker.languages = SMALL_LANGUAGES
    chat = Chat(search, speaker, history, lambda: NOW)
    first = ask(chat, "tell me about NMMSS")
    assert first.message.endswith("Tip: Read the rules twice before you begin.")
    asked = speaker.messages[-1]["content"]
    assert "NMMSS" not in str(speaker.messages)
    speaker.text = "Check your form twice before you send it. "
    assert ask(chat, "and its last date?", first.session_id).engine == "model"
    assert speaker.messages[-1]["content"] != asked


def test_no_sentence_is_said_twice_in_a_chat(search, history):
    chat = Chat(search, Speaker("Keep your papers ready and start early. "), history, lambda: NOW)
    first = ask(chat, "tell me about NMMSS")
    assert first.engine == "model" and ask(chat, "how to apply?", first.session_id).engine == "catalogue"


def test_closing_the_stream_stops_the_model_and_saves_nothing(search, history):
    speaker = Speaker("word " * 500)
    chat = Chat(search, speaker, history, lambda: NOW)
    turn = chat.stream("about NMMSS", account_id=history.account, session_id=None, profile=Profile(), language=None)
    while speaker.spoken < 3:
        next(turn)
    turn.close()
    assert speaker.closed.is_set() and speaker.spoken <= 5
    assert history.messages(history.account) == ([], 0)


def test_every_record_can_be_spoken_of_in_each_language(chat, catalogue):
    for record in catalogue.scholarships[::25]:
        for language in ("en", "hi", "hinglish"):
            reply = ask(chat, f"tell me about {record.name}", language=language)
            assert reply.hits and reply.message.strip()


def test_a_profile_that_is_given_gates_the_list(chat):
    known = Profile(level="doctoral", citizenship="IN")
    reply = ask(chat, "which scholarships can I get", profile=known)
    assert reply.hits and all("doctoral" in h.record.levels for h in reply.hits)
    assert reply.profile == replace(known)
