"""What errors say to people, in English and Hindi; figures and names are filled in by code."""

import math
from collections.abc import Mapping

from backend.vocabulary import HINDI

SENTENCES: Mapping[str, tuple[str, str]] = {
    # key: (English, Hindi)
    # Who is there
    "sign_in_first": ("Please sign in first.", "पहले साइन इन कीजिए।"),
    "not_signed_in": (
        "You are not signed in, or the sign-in has ended. Please sign in again.",
        "आप साइन इन नहीं हैं, या साइन इन ख़त्म हो गया। फिर से साइन इन कीजिए।",
    ),
    "wrong_sign_in": ("E-mail or password is wrong.", "ई-मेल या पासवर्ड ग़लत है।"),
    "wrong_password": ("The current password is wrong.", "अभी का पासवर्ड ग़लत है।"),
    "no_password": (
        "Your account has no password. Sign in with Hugging Face once more, then do it at once.",
        "आपके खाते का पासवर्ड नहीं है। Hugging Face से एक बार फिर साइन इन कीजिए, फिर तुरंत यह कीजिए।",
    ),
    "email_taken": (
        "There is an account with this e-mail already. Sign in instead.",
        "इस ई-मेल का खाता पहले से है। साइन इन कीजिए।",
    ),
    "email_of_another": (
        "The account with this e-mail belongs to another user of Hugging Face.",
        "इस ई-मेल वाला खाता Hugging Face के किसी और का है।",
    ),
    "dead_link": (
        "This link was used already or is older than 30 minutes. Ask for a new one.",
        "यह लिंक इस्तेमाल हो चुका है या 30 मिनट से पुराना है। नया लिंक मँगाइए।",
    ),
    "dead_calendar": ("This calendar address is not valid any more.", "कैलेंडर का यह पता अब नहीं चलता।"),
    "no_account": ("This account does not exist any more.", "यह खाता अब नहीं है।"),
    "no_hugging_face": (
        "Sign-in with Hugging Face is not offered here.",
        "यहाँ Hugging Face से साइन इन नहीं हो सकता।",
    ),
    "no_mail": (
        "This site cannot send mail. Please ask the person who runs this site.",
        "यह साइट मेल नहीं भेज सकती। जो इसे चलाते हैं, उनसे पूछिए।",
    ),
    "no_mail_but": (
        "This site cannot send mail. Please ask here: {contact}",
        "यह साइट मेल नहीं भेज सकती। यहाँ पूछिए: {contact}",
    ),
    "mail_fails": (
        "Mail cannot be sent right now. Please try again in some minutes.",
        "अभी मेल नहीं जा सकता। कुछ मिनट बाद फिर कोशिश कीजिए।",
    ),
    "other_user": ("userId is not yours.", "यह userId आपकी नहीं है।"),
    "other_messages": ("Only your own messages can be read.", "केवल अपने संदेश पढ़े जा सकते हैं।"),
    # Students of an account
    "no_student": ("There is no student with this id.", "यह विद्यार्थी नहीं मिला।"),
    "most_students": (
        "An account can hold {most} students. Delete one first.",
        "एक खाते में {most} विद्यार्थी हो सकते हैं। पहले किसी एक को मिटाइए।",
    ),
    "first_student": (
        "The first student goes only with the account.",
        "पहला विद्यार्थी खाते के साथ ही मिट सकता है।",
    ),
    # Chats
    "chat_gone": (
        "This chat is not here any more. Send the message without sessionId to start a new one.",
        "यह चैट अब यहाँ नहीं है। नई चैट शुरू कीजिए।",
    ),
    "chat_not_opened": ("This chat could not be opened.", "यह चैट नहीं खुल सकी।"),
    "no_message": ("There is no message with this id.", "यह संदेश नहीं मिला।"),
    # Scholarships and applications
    "no_scholarship": ("There is no scholarship with this id.", "यह छात्रवृत्ति नहीं मिली।"),
    "no_application": ("There is no application with this id.", "यह आवेदन नहीं मिला।"),
    "most_applications": (
        "{most:,} applications are the most. Delete some first.",
        "ज़्यादा से ज़्यादा {most:,} आवेदन रह सकते हैं। पहले कुछ मिटाइए।",
    ),
    "browser_has_most": (
        "This browser's tracker is full ({most} applications). Delete one for good or shorten notes, or make an account: there is room for more.",
        "इस ब्राउज़र की सूची भर गई है ({most} आवेदन)। किसी को हमेशा के लिए हटाइए या नोट छोटे कीजिए, या खाता बनाइए: वहाँ ज़्यादा जगह है।",
    ),
    "browser_is_full": (
        "This browser's tracker is full ({most:,} characters). Delete one for good or shorten notes, or make an account: there is room for more.",
        "इस ब्राउज़र की सूची भर गई है ({most:,} अक्षर)। किसी को हमेशा के लिए हटाइए या नोट छोटे कीजिए, या खाता बनाइए: वहाँ ज़्यादा जगह है।",
    ),
    "history_full": (
        "The history of this application is full ({most} changes).",
        "इस आवेदन का इतिहास भर गया है ({most} बदलाव)।",
    ),
    "most_rounds": ("{most} earlier years are kept at most.", "पिछले ज़्यादा से ज़्यादा {most} साल रखे जाते हैं।"),
    "long_notes": (
        "Both copies have long notes: together they are longer than {most:,} characters.",
        "दोनों प्रतियों के नोट लंबे हैं: मिलकर {most:,} अक्षरों से ज़्यादा होते हैं।",
    ),
    "long_checklists": (
        "Together the two checklists have more than {most} items.",
        "दोनों जाँच सूचियों में मिलकर {most} से ज़्यादा चीज़ें हैं।",
    ),
    "nothing_to_undo": ("There is nothing left to undo.", "वापस लेने के लिए कुछ नहीं बचा।"),
    "changed_meanwhile": (
        "Something else was changed meanwhile. Look at it before you undo.",
        "इस बीच कुछ और बदला गया। वापस लेने से पहले उसे देख लीजिए।",
    ),
    # How often
    "many_chat": (
        "You have sent many messages in a short time. Please wait {wait} and try again.",
        "आपने थोड़ी देर में बहुत संदेश भेजे। {wait} रुककर फिर कोशिश कीजिए।",
    ),
    "many_sign_in": (
        "There were many tries to sign in in a short time. Please wait {wait} and try again.",
        "थोड़ी देर में साइन इन की बहुत कोशिशें हुईं। {wait} रुककर फिर कोशिश कीजिए।",
    ),
    "many_forgot": (
        "There were many questions for a new password in a short time. Please wait {wait} and try again.",
        "थोड़ी देर में नया पासवर्ड बहुत बार माँगा गया। {wait} रुककर फिर कोशिश कीजिए।",
    ),
    "many_sign_up": (
        "Many accounts were made from here in a short time. Please wait {wait} and try again.",
        "थोड़ी देर में यहाँ से बहुत खाते बने। {wait} रुककर फिर कोशिश कीजिए।",
    ),
    "many_password": (
        "There were many tries with the password in a short time. Please wait {wait} and try again.",
        "थोड़ी देर में पासवर्ड की बहुत कोशिशें हुईं। {wait} रुककर फिर कोशिश कीजिए।",
    ),
    "many_report": (
        "You have sent many reports in a short time. Please wait {wait} and try again.",
        "आपने थोड़ी देर में बहुत बार ग़लती बताई। {wait} रुककर फिर कोशिश कीजिए।",
    ),
    "many_calls": (
        "You have asked a lot in a short time. Please wait {wait} and try again.",
        "आपने थोड़ी देर में बहुत कुछ पूछा। {wait} रुककर फिर कोशिश कीजिए।",
    ),
    # What is wrong with a field
    "easy_password": (
        "this one is easy to guess. Use a longer phrase that only you know.",
        "इसका अंदाज़ा लगाना आसान है। लंबा वाक्य चुनिए जो केवल आप जानते हों।",
    ),
    "password_length": (
        "use {least} to {most:,} characters; a long phrase is best.",
        "{least} से {most:,} अक्षर रखिए; लंबा वाक्य सबसे अच्छा है।",
    ),
    "email_format": ("this is not a valid e-mail address.", "यह ई-मेल पता ठीक नहीं है।"),
    "no_json": ("this is not valid JSON.", "यह ठीक JSON नहीं है।"),
    "missing": ("this field is required.", "इसे भरना ज़रूरी है।"),
    "extra_forbidden": ("there is no such field.", "ऐसी कोई जगह नहीं है।"),
    "empty": ("must not be empty.", "इसे ख़ाली मत छोड़िए।"),
    "control_characters": ("control characters are not allowed.", "इसमें ऐसे चिह्न हैं जो नहीं चलते।"),
    "alone": (
        "undo or restore come alone, without changes.",
        "वापस लेना या वापस लाना अकेले आता है, बदलाव के साथ नहीं।",
    ),
    "one_of": ("use one of {expected}.", "इनमें से एक चुनिए: {expected}।"),
    "most_characters": ("at most {most} characters.", "ज़्यादा से ज़्यादा {most} अक्षर लिखिए।"),
    "most_characters_not": (
        "at most {most} characters, not {actual}.",
        "ज़्यादा से ज़्यादा {most} अक्षर लिखिए, {actual} नहीं।",
    ),
    "most_items": ("at most {most} items.", "ज़्यादा से ज़्यादा {most} चीज़ें रखिए।"),
    "most_items_not": ("at most {most} items, not {actual}.", "ज़्यादा से ज़्यादा {most} चीज़ें रखिए, {actual} नहीं।"),
    "greater_than_equal": ("{message}.", "{ge} या उससे ज़्यादा लिखिए।"),
    "less_than_equal": ("{message}.", "{le} या उससे कम लिखिए।"),
    "greater_than": ("{message}.", "{gt} से ज़्यादा लिखिए।"),
    "less_than": ("{message}.", "{lt} से कम लिखिए।"),
    "too_short": ("{message}.", "कम से कम {min_length} अक्षर लिखिए।"),
    "number": ("{message}.", "यहाँ संख्या लिखिए।"),
    "date": ("{message}.", "यह तारीख़ ठीक नहीं है।"),
    "other": ("{message}.", "यह ऐसे नहीं चलेगा। देखकर ठीक कीजिए।"),
    "fixed": ("this cannot be changed.", "इसे बदला नहीं जा सकता।"),
    "false_before": ("an event's `before` is not what was given.", "इतिहास की कोई बात वैसी नहीं है जैसी दी गई थी।"),
    "no_answer_named": (
        "name a stored answer, or send question and answer along.",
        "सहेजा हुआ जवाब बताइए, या सवाल और जवाब साथ भेजिए।",
    ),
    "two_to_four": ("name two to four different scholarships.", "दो से चार अलग छात्रवृत्तियाँ बताइए।"),
    "ask_to_delete": (
        "ask the student whether “{name}” may be deleted, then call again with confirm: true. It can be restored for 30 days.",
        "विद्यार्थी से पूछिए कि “{name}” हटा दें या नहीं, फिर confirm: true के साथ बुलाइए। 30 दिन तक वापस ला सकते हैं।",
    ),
    "ask_to_delete_forever": (
        "ask the student whether “{name}” may be deleted, then call again with confirm: true. It cannot be restored.",
        "विद्यार्थी से पूछिए कि “{name}” हटा दें या नहीं, फिर confirm: true के साथ बुलाइए। वापस नहीं आएगा।",
    ),
    # The server
    "cannot_store": ("The text holds characters that cannot be stored.", "इसमें ऐसे चिह्न हैं जो रखे नहीं जा सकते।"),
    "database_out": (
        "The database does not answer right now. Please try again in a moment.",
        "अभी डेटाबेस से जवाब नहीं मिल रहा। थोड़ी देर में फिर कोशिश कीजिए।",
    ),
    "database_busy": (
        "The database is busy right now. Please try again in a moment.",
        "अभी डेटाबेस व्यस्त है। थोड़ी देर में फिर कोशिश कीजिए।",
    ),
    "too_large": ("The request is larger than {most} KB.", "भेजा हुआ {most} KB से बड़ा है।"),
    "no_page": ("There is no such page.", "ऐसा कोई पेज नहीं है।"),
    "no_route": (
        "There is no such route here. All routes are described at /docs ({route} is not one).",
        "यहाँ ऐसा कोई रास्ता नहीं है। सब /docs पर लिखे हैं ({route} उनमें नहीं)।",
    ),
    "no_method": ("{method} cannot be answered here. See /docs.", "{method} का जवाब यहाँ नहीं मिलता। /docs देखिए।"),
    "internal": (
        "Something went wrong on our side. If it goes on, tell us this number: {number}.",
        "हमारी तरफ़ कुछ गड़बड़ हुई। फिर भी हो तो हमें यह नंबर बताइए: {number}।",
    ),
}  # fmt: skip


def sentence(key: str, language: str, /, **values: object) -> str:
    """A sentence in `en` or `hi`, filled in."""
    return SENTENCES[key][language == HINDI].format(**values)


def waiting(seconds: int, language: str) -> str:
    """How long to wait, in words."""
    units = ((3600, "hour", "घंटे"), (60, "minute", "मिनट"))
    size, english, hindi = next((u for u in units if seconds > 2 * u[0]), (1, "second", "सेकंड"))
    count = math.ceil(seconds / size)
    return f"{count} {hindi if language == HINDI else english + ('s' if count != 1 else '')}"
