"""The tracker's computed sentences in English and Hindi; facts, dates and names are filled in by code."""

from datetime import date
from typing import Literal

from backend.deadlines import MONTHS
from backend.phrases import MONTH_NAMES
from backend.vocabulary import HINDI

Language = Literal["en", "hi"]

_SENTENCES: dict[str, tuple[str, str]] = {
    # key: (English, Hindi)
    "due_confirmed": ("Last date: {on} ({left}).", "अंतिम तिथि: {on} ({left})।"),
    "due_target": ("Your own date: {on} ({left}).", "आपकी अपनी तारीख: {on} ({left})।"),
    "due_expected": (
        "Usually {month}; not confirmed. Planned for {on}.",
        "आमतौर पर {month}; पक्का नहीं। {on} के लिए योजना।",
    ),
    "due_none": ("No date is known. Check the official page.", "कोई तारीख पता नहीं। आधिकारिक पेज देखिए।"),
    "due_done": ("Nothing to hand in.", "कुछ जमा करना बाकी नहीं।"),
    "left_0": ("today", "आज"),
    "left_1": ("1 day left", "1 दिन बाकी"),
    "left_n": ("{n} days left", "{n} दिन बाकी"),
    "over_1": ("1 day ago", "1 दिन पहले"),
    "over_n": ("{n} days ago", "{n} दिन पहले"),
    "step_start_now": (
        "Start now: “{item}” usually takes about {days} days, and there are {left} until {on}.",
        "अभी शुरू कीजिए: “{item}” में आमतौर पर करीब {days} दिन लगते हैं, और {on} तक {left} हैं।",
    ),
    "step_start": ("Next: “{item}”, start by {on}.", "अब “{item}”: {on} तक शुरू कीजिए।"),
    "step_do": ("Next: “{item}”.", "अब “{item}” कीजिए।"),
    "step_submit": (
        "All is ticked: send it by {on}, on the official page.",
        "सब तैयार है: {on} तक आधिकारिक पेज पर जमा कीजिए।",
    ),
    "step_submit_today": (
        "Today is the last day: send it now on the official page.",
        "आज आखिरी दिन है: अभी आधिकारिक पेज पर जमा कीजिए।",
    ),
    "step_ready": (
        "All is ticked: look at the official page for the date, then send it.",
        "सब तैयार है: आधिकारिक पेज पर तारीख देखिए, फिर जमा कीजिए।",
    ),
    "step_over": (
        "Your date {on} has passed: if it is sent, mark it as submitted; else set a new date.",
        "आपकी तारीख {on} बीत गई: जमा कर दिया हो तो “जमा” चुनिए, नहीं तो नई तारीख रखिए।",
    ),
    "step_closed": (
        "{closed} Get the papers ready for the next round.",
        "{closed} अगली बार के लिए कागज़ तैयार रखिए।",
    ),
    "step_gone": (
        "It left our list: ask the office that gives it whether it still runs.",
        "यह हमारी सूची में नहीं रही: देने वाले कार्यालय से पूछिए कि चालू है या नहीं।",
    ),
    "step_no_stage": (
        "Look at its portal and choose the stage that it shows.",
        "पोर्टल देखिए और जो स्थिति दिखे उसे चुनिए।",
    ),
    "step_stage": ("{next} To ask: {call}.", "{next} पूछने के लिए: {call}।"),
    "step_own_stage": (
        "You noted “{stage}”: look at the portal again once a week.",
        "आपने लिखा है “{stage}”: हफ़्ते में एक बार पोर्टल देखिए।",
    ),
    "step_amount": ("Congratulations! Note the amount that you were awarded.", "बधाई! मिली हुई राशि लिख लीजिए।"),
    "step_credit": (
        "Has the money arrived? Look into your account, and note the day.",
        "पैसा आया? खाता देखिए और दिन लिख लीजिए।",
    ),
    "step_renewal_date": (
        "The record says that it can be renewed: note when the renewal is due.",
        "रिकॉर्ड के अनुसार नवीनीकरण हो सकता है: उसकी तारीख लिख लीजिए।",
    ),
    "step_renewal": ("Renewal is due on {on}; it opens again here 60 days before.", "नवीनीकरण की तारीख {on}; 60 दिन पहले यह यहाँ फिर खुलेगा।"),
    "step_done": ("Done: the money is here.", "पूरा हुआ: पैसा आ गया।"),
    "news_name": ("The name changed from “{was}” to “{now}”.", "नाम “{was}” से “{now}” हुआ।"),
    "news_award": ("The award changed from “{was}” to “{now}”.", "राशि “{was}” से “{now}” हुई।"),
    "news_deadline": ("What the source says of the date changed: “{now}”.", "तारीख के बारे में स्रोत की बात बदली: “{now}”।"),
    "news_closesOn": ("The confirmed closing date is now {now}.", "पक्की अंतिम तिथि अब {now} है।"),
    "news_closesOn_none": ("No closing date is confirmed any more.", "अब कोई अंतिम तिथि पक्की नहीं है।"),
    "news_applicationUrl": ("The address of its page changed.", "इसके पेज का पता बदला।"),
    "news_state": ("It was “{was}” and is now “{now}”.", "पहले “{was}” था, अब “{now}”।"),
    "news_gone": ("It is not in our list any more.", "यह अब हमारी सूची में नहीं है।"),
    "state_open": ("open", "खुली"),
    "state_closing_soon": ("closing soon", "जल्दी बंद होगी"),
    "state_expected_open": ("usually open now, not confirmed", "आमतौर पर अभी खुली, पक्का नहीं"),
    "state_closed": ("closed", "बंद"),
    "state_rolling": ("open all year, by the source", "स्रोत के अनुसार साल भर खुली"),
    "state_unconfirmed": ("date not confirmed", "तारीख पक्की नहीं"),
    "clash_deadlines": ("{names}: their dates lie within three days of each other ({span}).", "{names}: तारीखें तीन दिन के भीतर हैं ({span})।"),
    "clash_work": ("{names}: both need work between {span}.", "{names}: दोनों का काम एक ही समय है ({span})।"),
    "clash_document": (
        "{document}: needed for {names} in the same days ({span}). Get copies in time.",
        "{document}: {names} के लिए एक ही समय चाहिए ({span})। समय पर प्रतियाँ बनवाइए।",
    ),
    "line_closes": ("{on}: last date of {name}.", "{on}: {name} की अंतिम तिथि।"),
    "line_target": ("{on}: your own date for {name}.", "{on}: {name} के लिए आपकी अपनी तारीख।"),
    "line_expected": ("From {on} (not confirmed): {name} usually opens or closes.", "{on} से (पक्का नहीं): {name} आमतौर पर खुलती या बंद होती है।"),
    "line_start": ("{on}: start with “{name}”.", "{on}: “{name}” शुरू कीजिए।"),
    "line_renewal": ("{on}: renewal of {name} is due.", "{on}: {name} का नवीनीकरण।"),
    "timeline": ("{n} dates in the next {days} days.", "अगले {days} दिनों में {n} तारीखें।"),
    "timeline_none": ("No dates in the next {days} days.", "अगले {days} दिनों में कोई तारीख नहीं।"),
    "in_play": ("In play: {amount} {period} in {n} applications.", "मिल सकती है: {amount} {period}, {n} आवेदन।"),
    "won": ("Won: {amount}, of which {credited} has arrived.", "मिली: {amount}, जिसमें से {credited} खाते में आ चुकी है।"),
    "in_play_unknown": ("The amount of {n} more is not known.", "{n} और की राशि पता नहीं।"),
    "won_unknown": ("The amount of {n} that you won is not noted.", "मिली हुई {n} की राशि लिखी नहीं है।"),
    "totals_none": ("No amounts yet.", "अभी कोई राशि नहीं।"),
    "title_closes": ("Last date: {name}", "अंतिम तिथि: {name}"),
    "title_expected": ("Look at the official page: {name}", "आधिकारिक पेज देखिए: {name}"),
    "title_target": ("Your date: {name}", "आपकी तारीख: {name}"),
    "title_renewal": ("Renewal: {name}", "नवीनीकरण: {name}"),
    "title_start": ("Start: {name}", "शुरू कीजिए: {name}"),
    "own_date": (
        "The date you set yourself. Check the official page for the closing date.",
        "यह तारीख आपने खुद रखी है। अंतिम तिथि आधिकारिक पेज पर देखिए।",
    ),
    "start_for": ("Needed for: {names}. Usual times, no promise.", "इनके लिए चाहिए: {names}। समय आमतौर का है, वादा नहीं।"),
    "holding_none": (
        "None of the records states whether it may be held with another award. Ask the office that gives it before you take both.",
        "किसी रिकॉर्ड में नहीं लिखा कि दूसरी छात्रवृत्ति के साथ ले सकते हैं या नहीं। दोनों लेने से पहले देने वाले कार्यालय से पूछिए।",
    ),
    "holding_some": (
        "{n} of {all} records state something about holding another award; the others do not say. Ask before you take two.",
        "{all} में से {n} रिकॉर्ड दूसरी छात्रवृत्ति के बारे में कुछ कहते हैं; बाकी नहीं। दो लेने से पहले पूछिए।",
    ),
}  # fmt: skip


def say(key: str, language: str, **values: object) -> str:
    """A sentence in `en` or `hi`, filled in."""
    return _SENTENCES[key][language == HINDI].format(**values)


def day_text(value: date, language: str) -> str:
    """5 December 2026, or with the Hindi month."""
    months = MONTH_NAMES["hi"] if language == HINDI else MONTHS
    return f"{value.day} {months[value.month - 1]} {value.year}"


def month_text(month: str, language: str) -> str:
    """December 2026 for 2026-12."""
    months = MONTH_NAMES["hi"] if language == HINDI else MONTHS
    return f"{months[int(month[5:7]) - 1]} {month[:4]}"


def days_text(days: int, language: str) -> str:
    """How long until then, or since."""
    if days < 0:
        return say("over_1", language) if days == -1 else say("over_n", language, n=-days)
    return say(f"left_{days}", language) if days < 2 else say("left_n", language, n=days)
