"""The fact checker: what the record that a sentence speaks about holds passes, everything else is stopped."""

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.answers import deadline_sentence
from backend.catalogue import read_csv
from backend.deadlines import deadline_state
from backend.eligibility import ELIGIBLE, NOT_ELIGIBLE, match
from backend.facts import read_facts
from backend.grounding import LONGEST, Evidence
from backend.money import money
from backend.profile import Profile
from backend.recorded import RECORDS_KEPT, recorded
from backend.search import Hit
from tests.conftest import CATALOGUE, NOW, ROOT

PRAGATI, NMMSS, CENTRAL, CHEVENING, ASHA = (
    "aicte-pragati-degree", "nmmss", "pm-usp-central-sector-scheme", "chevening-scholarship", "sbi-asha-school",
)  # fmt: skip
RECORDS = read_csv(CATALOGUE).by_id
GIRL = Profile(
    level="undergraduate", fields=("engineering",), gender="female", citizenship="IN", study_in=("IN",),
    family_income=200000, income_currency="INR", state="Bihar", social_groups=("general",),
)  # fmt: skip


def hit(id_: str, now: datetime = NOW, student: Profile | None = None) -> Hit:
    record = RECORDS[id_]
    return Hit(record, match(record, student) if student else None, deadline_state(record, now))


def evidence(*ids: str, now: datetime = NOW, student: Profile | None = None) -> Evidence:
    return Evidence.of([hit(id_, now, student) for id_ in ids])


def kind(sentence: str, *ids: str, focus: str | None = None) -> str | None:
    objection = evidence(*ids).objection(sentence, focus)
    return objection.kind if objection else None


# Figures


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("₹50,000", 50000), ("Rs. 50000", 50000), ("50,000 rupees", 50000), ("1,50,000 rupaye", 150000), ("₹2.5 lakh", 250000),
        ("50 thousand rupees", 50000), ("50 hazaar rupaye", 50000), ("50 हज़ार रुपये", 50000), ("₹50k", 50000), ("INR 50,000", 50000),
        ("fifty thousand rupees", 50000), ("dhai lakh rupaye", 250000), ("ढाई लाख रुपये", 250000), ("पचास हज़ार रुपये", 50000),
        ("५०,००० रुपये", 50000), ("2 crore rupees", 20000000), ("$1.5 million", 1500000), ("€1,200", 1200), ("£21,000", 21000),
        ("Rs 50,000/-", 50000), ("one lakh rupees", 100000), ("sadhe chaar lakh rupaye", 450000),
    ],
)  # fmt: skip
def test_amounts_in_all_forms(text, value):
    assert [(f.kind, f.value) for f in read_facts(f"It pays {text} a year.").figures] == [("amount", value)]


@pytest.mark.parametrize(
    "text", ["60%", "60 percent", "60 per cent", "60 प्रतिशत", "६०%", "60 pratishat", "sixty percent", "साठ प्रतिशत"]
)
def test_percentages_in_all_forms(text):
    assert [(f.kind, f.value) for f in read_facts(f"{text} marks").figures] == [("percentage", 60)]


@pytest.mark.parametrize(
    "text",
    [
        "31 October 2025", "31-10-2025", "2025-10-31", "31/10/2025", "31 अक्टूबर 2025", "October 31, 2025", "31st of October 2025",
        "31 Oct 2025", "31 aktubar 2025", "३१ अक्टूबर २०२५",
    ],
)  # fmt: skip
def test_dates_in_all_forms(text):
    assert [(w.day, w.month, w.year) for w in read_facts(f"closed on {text}").whens] == [(31, 10, 2025)]


def test_words_that_are_numbers_too_are_read_only_beside_a_unit():
    assert read_facts("You do it saath me, one of the papers, teen ya do").figures == ()
    assert [f.value for f in read_facts("do lakh rupaye, ek saal").figures] == [200000, 1]


# Sentences


@pytest.mark.parametrize(
    ("sentence", "id_"),
    [
        ("The AICTE Pragati Scholarship pays ₹50,000 a year.", PRAGATI),
        ("Pragati me har saal 50 hazaar rupaye milte hain.", PRAGATI),
        ("प्रगति छात्रवृत्ति में हर साल पचास हज़ार रुपये मिलते हैं।", PRAGATI),
        ("It is for girls whose family income is up to eight lakh rupees.", PRAGATI),
        ("Parivaar ki income 8 lakh se zyada nahi honi chahiye.", PRAGATI),
        ("परिवार की सालाना आय ₹8 लाख तक होनी चाहिए।", PRAGATI),
        ("It usually opens in June and closes in November.", PRAGATI),
        ("Ye aam taur par june me khulti hai.", PRAGATI),
        ("यह आमतौर पर जून में खुलती है।", PRAGATI),
        ("NMMSS needs at least 55% marks, 5% less for SC and ST.", NMMSS),
        ("The last round closed on 30 September 2025.", NMMSS),
        ("Apply on the official page https://scholarships.gov.in/.", NMMSS),
        ("See scholarships.gov.in for the form.", NMMSS),
        ("About 1,00,000 new awards are given each year.", NMMSS),
        ("Check whether you are eligible before you apply.", NMMSS),
        ("Aap eligible hain ya nahi, ye page par dekh lijiye.", NMMSS),
        ("Keep your income certificate ready and start early.", CENTRAL),
        ("अपने कागज़ पहले से तैयार रखिए और शिक्षक से पूछिए।", CENTRAL),
        ("Never share your OTP with anyone.", CENTRAL),
    ],
)
def test_what_the_record_holds_passes(sentence, id_):
    assert evidence(id_).objection(sentence) is None


@pytest.mark.parametrize(
    ("sentence", "id_", "expected"),
    [
        ("Pragati pays ₹60,000 a year.", PRAGATI, "amount"),
        ("It pays ₹50,000 a month.", PRAGATI, "amount"),
        ("It pays $50,000 a year.", PRAGATI, "amount"),
        ("It pays ₹8 lakh a year.", PRAGATI, "amount"),
        ("Isme 50 lakh rupaye milte hain.", PRAGATI, "amount"),
        ("इसमें हर साल साठ हज़ार रुपये मिलते हैं।", PRAGATI, "amount"),
        ("The family income must be up to ₹50,000.", PRAGATI, "amount"),
        ("The family income must be at least ₹8 lakh.", PRAGATI, "amount"),
        ("They give lakhs of rupees.", PRAGATI, "amount"),
        ("It needs at least 65% marks.", NMMSS, "percentage"),
        ("It covers 55% of your tuition.", NMMSS, "percentage"),
        ("Marks can be at most 55%.", NMMSS, "percentage"),
        ("SC and ST students need 75%.", ASHA, "percentage"),
        ("General students need only 67.5%.", ASHA, "percentage"),
        ("About 2,000 awards are given each year.", NMMSS, "count"),
        ("It is for Class 8 pupils.", NMMSS, "count"),
        ("It closed on 30 September 2024.", NMMSS, "date"),
        ("The last date is 30 September.", NMMSS, "date"),
        ("Apply before 30 September 2025.", NMMSS, "date"),
        ("It usually opens in September.", NMMSS, "month"),
        ("यह आमतौर पर मार्च में बंद होती है।", NMMSS, "month"),
        ("It closes in winter.", NMMSS, "month"),
        ("Apply at https://nmmss-apply.org now.", NMMSS, "link"),
        ("Write to help@nmmss.in.", NMMSS, "link"),
        ("The Tata Trust Scholarship suits you as well.", NMMSS, "name"),
        ("Ask about the pragyan jyoti scholarship too.", NMMSS, "name"),
        ("विराट कोहली फेलोशिप भी देख लीजिए।", NMMSS, "name"),
        ("It is given by the Ministry of Tribal Affairs.", NMMSS, "name"),
        ("Ye Bihar ke students ke liye hai.", NMMSS, "name"),
        ("यह बिहार के विद्यार्थियों के लिए है।", NMMSS, "claim"),
        ("Boys can take Pragati as well.", PRAGATI, "claim"),
        ("It is for doctoral students.", PRAGATI, "claim"),
        ("You need a passport for it.", NMMSS, "claim"),
        ("It covers your hostel and travel.", NMMSS, "claim"),
        ("All students get it.", NMMSS, "claim"),
        ("There is no income limit.", NMMSS, "claim"),
        ("It is free of cost.", NMMSS, "claim"),
        ("You may hold it together with another scholarship.", CENTRAL, "claim"),
        ("Your selection is almost certain.", NMMSS, "claim"),
        ("You will surely get it.", NMMSS, "claim"),
        ("आपको यह पक्का मिलेगी।", NMMSS, "claim"),
        ("Aapka paisa approve ho gaya hai.", NMMSS, "claim"),
        ("I will fill in the form for you.", NMMSS, "claim"),
        ("Main aapka form bhar dunga.", NMMSS, "claim"),
        ("Send your OTP to finish.", NMMSS, "claim"),
        ("It is the highest award of all.", NMMSS, "claim"),
    ],
)
def test_what_it_does_not_hold_is_stopped(sentence, id_, expected):
    assert kind(sentence, id_) == expected


def test_without_records_no_fact_passes():
    empty = Evidence.of([])
    assert empty.objection("Keep your papers ready and start early.") is None
    for sentence in (
        "It pays ₹50,000.",
        "It closes in October.",
        "It is open now.",
        "NMMSS is good.",
        "You are eligible.",
    ):
        assert empty.objection(sentence) is not None


# Attribution


@pytest.mark.parametrize(
    "sentence",
    [
        "NMMSS pays {n} a year and AICTE Pragati pays {p} a year.",
        "While NMMSS gives {n}, Pragati gives {p}.",
        "NMMSS me {n} milte hain, aur Pragati me {p}.",
        "NMMSS में हर साल {n} मिलते हैं, जबकि AICTE Pragati में {p}।",
    ],
)
def test_each_fact_belongs_to_the_record_it_is_attached_to(sentence):
    both = evidence(PRAGATI, NMMSS, CHEVENING)
    assert both.objection(sentence.format(n="₹12,000", p="₹50,000")) is None
    swapped = both.objection(sentence.format(n="₹50,000", p="₹12,000"))
    assert swapped is not None and swapped.kind == "amount"


def test_a_sentence_without_a_name_is_about_the_focus_else_about_all():
    both = evidence(PRAGATI, NMMSS)
    assert both.objection("It pays ₹12,000 a year.", NMMSS) is None
    assert both.objection("It pays ₹12,000 a year.", PRAGATI) is not None
    assert both.objection("It pays ₹12,000 a year.") is not None
    assert both.objection("Both pay ₹12,000 a year.", NMMSS) is not None
    assert both.objection("Both usually open in June.", NMMSS) is None


@pytest.mark.parametrize(
    "sentence", ["NMMSS, unlike Pragati, pays ₹50,000.", "Compared to NMMSS, Pragati is better: ₹12,000."]
)
def test_a_comparison_must_hold_of_both(sentence):
    assert kind(sentence, PRAGATI, NMMSS) == "amount"


def test_a_name_that_two_records_share_is_about_both():
    degree, diploma = "aicte-pragati-degree", "aicte-pragati-diploma"
    both = evidence(degree, diploma)
    assert set(both.named("The AICTE Pragati Scholarship is for girls.")) == {degree, diploma}
    assert both.objection("The AICTE Pragati Scholarship pays ₹50,000 a year.") is None
    assert both.named("AICTE Pragati Scholarship for Girl Students (Diploma)") == (diploma,)


def test_records_are_named_in_order_by_acronym_part_and_devanagari():
    three = evidence(PRAGATI, NMMSS, CHEVENING)
    assert three.named("Chevening, then NMMSS, then the Pragati scholarship") == (CHEVENING, NMMSS, PRAGATI)
    assert three.named("चेवनिंग और एनएमएमएसएस") == (CHEVENING, NMMSS)
    assert three.named("Students from India ask their school.") == ()


def test_a_number_of_another_name_is_not_hidden_in_an_alias():
    assert kind("Azim Premji Scholarship pays ₹50,000 a year.", "azim-premji-scholarship-girls") == "amount"
    assert kind("Charpak pays EUR 50,000 a month.", "charpak-masters", "bihar-kanya-utthan-graduate") is not None


# Claims


def test_open_is_said_only_of_what_is_open():
    during, after = datetime(2025, 10, 1, tzinfo=UTC), datetime(2025, 12, 1, tzinfo=UTC)
    sentences = (
        "It is open now.", "Applications are open until 31 October 2025.", "यह अभी खुली है।", "Form abhi khula hai.",
    )  # fmt: skip
    for sentence in sentences:
        assert evidence(CENTRAL, now=during).objection(sentence) is None, sentence
        assert evidence(CENTRAL, now=after).objection(sentence) is not None, sentence
    for sentence in ("It closed on 31 October 2025.", "यह बंद हो चुकी है।", "Ye band ho chuki hai."):
        assert evidence(CENTRAL, now=after).objection(sentence) is None, sentence
        assert evidence(CENTRAL, now=during).objection(sentence) is not None, sentence


def test_soon_needs_a_date_that_is_near():
    near, far = datetime(2025, 10, 25, tzinfo=UTC), datetime(2025, 9, 1, tzinfo=UTC)
    assert evidence(CENTRAL, now=near).objection("It is closing soon.") is None
    assert evidence(CENTRAL, now=far).objection("It is closing soon.") is not None


@pytest.mark.parametrize(
    "sentence", ["You are eligible for Pragati.", "आप इसके लिए पात्र हैं।", "Aap iske liye eligible hain."]
)
def test_eligible_is_said_only_with_that_verdict(sentence):
    assert hit(PRAGATI, student=GIRL).match.status == ELIGIBLE
    assert evidence(PRAGATI, student=GIRL).objection(sentence) is None
    assert evidence(PRAGATI, student=Profile()).objection(sentence) is not None
    assert evidence(PRAGATI).objection(sentence) is not None


def test_not_eligible_is_said_only_with_that_verdict():
    boy = Profile(gender="male")
    assert hit(PRAGATI, student=boy).match.status == NOT_ELIGIBLE
    assert evidence(PRAGATI, student=boy).objection("You are not eligible for it.") is None
    assert evidence(PRAGATI, student=GIRL).objection("You are not eligible for it.") is not None


def test_the_students_own_figures_may_be_repeated():
    told = evidence(PRAGATI, student=GIRL)
    assert told.objection("Your family income of ₹2,00,000 is below the limit.") is None
    assert told.objection("Your family income of ₹3,00,000 is below the limit.") is not None


# Form


@pytest.mark.parametrize(
    "sentence",
    [
        "It pays ₹50\u200b,000 a year.", "It pays ₹５０,０００ a year.", "It p\u0430ys ₹50,000 a year.", "It pays 5 0 , 0 0 0 rupees.",
        "It pays ₹50 000 a year.", "See [this](https://scholarships.gov.in/).", "See <b>this</b> page.", "It is *good*.",
        "`rm` is fine for you.", "Line one\nline two.", "\x1b[31mIt is good.", "scholarships dot gov dot in has the form.",
        "It is good \u202e for you.", "It is good ½ of it.", "这个奖学金很好。", "எல்லாம் நல்லது.", "name: NMMSS award", "", "   ",
        "Scholarशिप is good for you.", "word " * 60,
    ],
)  # fmt: skip
def test_what_is_no_plain_text_is_stopped(sentence):
    assert kind(sentence, PRAGATI) == "form"


@pytest.mark.parametrize(
    "sentence", ["Vg cnlf 90000 ehcrrf n lrne.", "Gur Gngn Gehfg tvirf zber.", "1t p4ys 50k every ye4r."]
)
def test_disguised_letters_are_stopped(sentence):
    assert kind(sentence, PRAGATI) is not None


@pytest.mark.parametrize(
    "sentence",
    [
        "Keep your papers ready and ask your teacher for help.",
        "You can do this well.",
        "Ask a friend to read your essay.",
    ],
)
def test_kind_words_state_no_fact(sentence):
    assert Evidence.of(()).objection(sentence) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "You get 5000 a month.", "It closes in October.", "You are eligible for this.", "Apply at www.example.com now.",
        "The Tata grant pays well.", "It is open until tomorrow.", "They give two lakh rupees.", "See <b>this</b> page.",
        "आप पात्र हैं।", "", "It is worth ten thousand.", "The fee is free for you.", "I will remind you.", "Let me know."
    ],
)  # fmt: skip
def test_sentences_with_facts_state_one(sentence):
    assert Evidence.of(()).objection(sentence) is not None


# Properties


@given(st.text(max_size=120), st.integers(0, 10**7))
def test_no_figure_passes_without_a_record(text, figure):
    assert Evidence.of(()).objection(f"{text} {figure} more words here.") is not None


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_answered(text):
    objection = evidence(PRAGATI, NMMSS).objection(text)
    assert objection is None or objection.kind in (
        "name", "amount", "percentage", "count", "date", "month", "link", "claim", "form",
    )  # fmt: skip


@pytest.mark.parametrize("now", [NOW, datetime(2026, 1, 10, tzinfo=UTC), datetime(2026, 6, 20, tzinfo=UTC)])
def test_the_composed_deadline_of_every_record_is_covered(now):
    """In the languages in which code writes it whole; in English it may quote the source."""
    for record in RECORDS.values():
        one = hit(record.id, now)
        for language in ("hi", "hinglish"):
            sentence = deadline_sentence(one.deadline, language)
            assert Evidence.of([one]).objection(sentence) is None, (record.id, sentence)


@settings(deadline=None)
@given(st.sampled_from(sorted(RECORDS)), st.integers(0, 20), st.sampled_from("123456789"))
def test_an_altered_digit_of_an_award_is_stopped(id_, place, digit):
    record = RECORDS[id_]
    if record.award_max is None or record.currency is None:
        return
    digits = str(int(record.award_max))
    place %= len(digits)
    altered = float(digits[:place] + digit + digits[place + 1 :])
    sentence = f"{record.name} pays up to {money(altered, record.currency)}."
    held = {figure.value for figure in recorded(record).figures}
    if altered not in held and len(sentence) <= LONGEST:
        assert evidence(id_).objection(sentence) is not None


@settings(deadline=None)
@given(st.sampled_from(sorted(RECORDS)), st.sampled_from(sorted(RECORDS)))
def test_another_records_link_is_stopped(id_, other):
    mine, theirs = RECORDS[id_], RECORDS[other]
    hosts = {re.sub(r"https?://(?:www\.)?", "", u).split("/")[0] for u in (mine.application_url, mine.source_url)}
    if re.sub(r"https?://(?:www\.)?", "", theirs.application_url).split("/")[0] not in hosts:
        assert kind(f"The page is {theirs.application_url} for it.", id_) in ("link", "form")


def test_the_sentences_written_by_hand():
    rows = [json.loads(line) for line in (ROOT / "benchmarks" / "cases" / "grounding.jsonl").open(encoding="utf-8")]
    passed = [evidence(*row["ids"]).objection(row["sentence"], row["focus"]) is None for row in rows]
    true = [ok for ok, row in zip(passed, rows, strict=True) if row["true"]]
    false = [not ok for ok, row in zip(passed, rows, strict=True) if not row["true"]]
    assert len(true) >= 60 and len(false) >= 60
    assert sum(true) >= 0.98 * len(true) and sum(false) >= 0.98 * len(false)


# The packet and the cache


def test_the_packet_is_short_labelled_data():
    packet = evidence(PRAGATI, NMMSS, student=GIRL).packet()
    first, second = packet.split("\n\n")
    assert first.startswith("1. name: AICTE Pragati") and "award: ₹50,000 a year" in first
    assert "official page: https://scholarships.gov.in/" in second and "this student: eligible" in first
    for record in RECORDS.values():
        assert len(evidence(record.id).packet()) < 800, record.id
    assert evidence().packet() == ""


def test_few_records_are_kept_read():
    assert recorded.cache_info().maxsize == RECORDS_KEPT
    assert recorded(RECORDS[NMMSS]) is recorded(RECORDS[NMMSS])
