"""Every sentence of the page in English; the other languages override each of them (ui/strings_hi.py).

No text holds a straight quotation mark, a backslash, `<`, `>` or `&`: texts are put into HTML, JSON and scripts as they are.
"""

from backend.vocabulary import names


class English:
    """The texts by name; `{name}` stands for what is filled in."""

    APP_NAME = "Scholarship Chatbot"
    SHORT_NAME = "Scholarships"
    PROMISE = "Find scholarships you can really get"
    LEAD = "Ask in English, हिन्दी or Hinglish. Every amount, date and link comes from a checked list, with its source."

    DESCRIPTION = "Find scholarships you can really get: ask in English, Hindi or Hinglish."
    OTHER_CODE, OTHER_LANGUAGE = "hi", "हिन्दी"
    """The page's other language, in its own words."""
    LIGHT_OR_DARK = "Light or dark colours"
    NEEDS_SCRIPT = "This page needs JavaScript. Without it, look at the national portal:"
    OFFLINE, TRY_AGAIN = "No internet just now", "Try again"
    OFFLINE_TEXT = "Dates and rules can change, so nothing from before is shown. Your chats in this browser are safe."
    SHELL_WAITING = "Your question is kept; it is sent as soon as the page is ready."
    SHELL_SLOW = "The connection is slow. What you typed is kept; you can also load the page again."
    TAB_CHAT, TAB_SEARCH, TAB_APPLICATIONS, TAB_ACCOUNT = "Chat", "Scholarships", "Applications", "Account"

    STARTERS = (
        "Scholarships for engineering students",
        "मैं 12वीं पास हूँ, मेरे लिए कौन सी छात्रवृत्ति है?",
        "Ladkiyon ke liye scholarship batao",
        "I am an SC student with 2 lakh family income",
        "Which scholarships are open now?",
        "I want to study abroad for a master’s",
    )
    CHAT_EMPTY = "Namaste! Tell me your class, course, state or income, and I will look for scholarships that fit."
    CHAT_LABEL = "Chat"
    CHAT_INPUT_LABEL = "Your question"
    CHAT_PLACEHOLDER = "e.g. BTech first year, Bihar, income 2 lakh"
    SKIP_TO_BOX = "Skip to your question"
    SEND, STOP = "Send", "Stop"
    TRY_ONE = "Tap a question to start"
    GO_ON = "Ask next"
    KNOWN = "What I know about you"
    KNOWN_EDIT, KNOWN_ADD = "Edit", "+ Tell about you in a form"
    KNOWN_HINT = "From what you wrote. It decides which scholarships fit: tap to change, × to forget."
    KNOWN_USED = "Your change counts from the next question on."
    FITTING = {
        "en": "Which scholarships fit me now?",
        "hi": "अब मेरे लिए कौन सी छात्रवृत्तियाँ हैं?",
        "hinglish": "Ab mere liye kaun si scholarship hai?",
    }
    """What to ask after a correction, by the language of the chat."""
    KNOWN_APPLY, CANCEL = "Use this", "Cancel"
    REMEMBER = "Remember this profile in my account"
    REMEMBER_HERE = "Remember here what I say about me in chats"
    REMEMBERED = "From now on your account keeps what I learn about you in chats."
    NOT_REMEMBERED = "Chats do not change your account’s profile any more."
    FROM_CATALOGUE = "Answered straight from the checked list, without the language model."
    FROM_MODEL = "Facts from the checked list; friendly words by a language model."
    CALENDAR_FILE = "These dates as a calendar file"
    STOPPED = "Stopped. You can ask again."
    STOPPED_ANSWER = "*Stopped before an answer.*"
    THINKING = "Looking through the list …"
    STILL_IN_BOX = "Your question is still in the box."
    CHAT_WORDS = {
        "log": "Conversation",
        "edit": "Change your question",
        "count": "{n} of 2,000 characters",
        "sources": "Sources",
        "copied": "Copied.",
        "unsent": "The server could not be reached. Your question is still in the box; send it again when you are online.",
        "lost": "*No answer came.*",
    }
    """What the conversation’s script says."""
    SOURCES_ONE, SOURCES_MANY = "Source", "Sources of {n} scholarships"
    CITED = {"name": "Name", "award": "Award", "deadline": "Last date"}
    """The fields that an answer cites."""
    SOURCE_OFFICIAL, SOURCE_OTHER = "Official source", "Source"
    AS_OF, NOT_DATED = "as of {date}", "date not known"
    REPLY_CARDS = "Scholarships in this answer"
    COMING_UP = "Deadlines coming up"
    NO_REPLY_CARDS = "No single scholarship goes with this answer."
    ASK_ABOUT = "Tell me about {name}"

    CHATS = {
        "chats": "Your chats",
        "search": "Search in your chats",
        "none": "No chats yet. Ask something, and you find it here again.",
        "nothing": "Nothing found.",
        "guest": "Kept in this browser only.",
        "more": "Show more",
        "actions": "Rename, download or delete: {title}",
        "rename": "Rename",
        "keep": "Keep for good",
        "title": "New title",
        "save": "Save",
        "cancel": "Cancel",
        "download": "Download",
        "delete": "Delete",
        "sure": "Delete this chat?",
        "yes": "Yes, delete",
        "all": "Delete all chats",
        "all_sure": "Delete all of your chats here?",
        "fresh": "New chat",
        "close": "Close",
        "failed": "That did not work. Please try again.",
        "advice": "Check the official page before you apply.",
    }
    """What the list of chats says; its script puts it in."""
    LEAD_DAYS = "takes about {days} days"
    TRACKER = {
        "title": "Your applications",
        "parts": "Parts of your applications",
        "part_stages": "Stages",
        "part_papers": "Papers",
        "part_dates": "Dates",
        "part_money": "Money",
        "layout": "How to show them",
        "layout_board": "Board",
        "layout_list": "List",
        "order": "Order",
        "order_stage": "By stage",
        "order_date": "By date",
        "status_saved": "Saved",
        "status_preparing": "Preparing",
        "status_submitted": "Submitted",
        "status_awarded": "Awarded",
        "status_rejected": "Rejected",
        "status_withdrawn": "Withdrawn",
        "gone": "Not in the list any more",
        "basis_confirmed": "Confirmed",
        "basis_target": "My date",
        "basis_expected": "Not confirmed",
        "basis_none": "No date",
        "move_to": "Move to …",
        "stage": "Stage",
        "kind_starts": "Start {n} papers",
        "moved": "“{name}” is now under {status}.",
        "drop_here": "Nothing here",
        "show_more": "Show {n} more",
        "done_of": "{done} of {all} ready",
        "needs": "What needs you now",
        "late": "Late",
        "soon": "Due soon",
        "changed": "Changed",
        "late_paper": "{name}: it should have been started by {on}.",
        "open": "Open",
        "seen": "Seen",
        "seen_all": "All seen",
        "seen_done": "Marked as seen.",
        "papers_hint": "Each paper once, for all of your applications. What must be started first stands on top; a tick here ticks it everywhere.",
        "no_papers": "No papers to get: nothing is saved or in preparation.",
        "all_papers": "All papers are ready.",
        "ready": "Ready",
        "start_by": "Start by",
        "start_soon": "start soon (the month is not confirmed)",
        "was_due": "start by {on} has passed",
        "no_start": "No date to count back from",
        "needed_for": "For:",
        "for": "For {n} applications",
        "for_1": "For 1 application",
        "how": "How to get it",
        "source": "Source",
        "official": "Official page",
        "about_days": "about {n} days",
        "about_days_1": "about 1 day",
        "paper_done": "“{name}” is ready in every application.",
        "paper_undone": "“{name}” is not ready any more.",
        "together": "Can they be held together?",
        "clashes": "Where they get into each other’s way",
        "clash_deadlines": "Dates",
        "clash_work": "Work",
        "clash_document": "Paper",
        "empty_title": "Nothing saved yet",
        "empty_text": "Find a scholarship that fits you and tap “Save” on its card. Then you see here what to do next, which papers you need and by when.",
        "to_search": "Look at scholarships",
        "guest": "Kept only in this browser, not on our server. Clearing its data deletes the list.",
        "guest_page": "Your browser keeps nothing for this page inside another site: it is gone when you close it. Sign in, or take a copy below.",
        "room": "{n} of {most}, {percent}% full",
        "room_label": "Room used",
        "to_account": "Keep it in an account",
        "full": "This browser’s store is full. Nothing was changed.",
        "offline": "No answer from the server. Check your connection and try again.",
        "failed": "That did not work. Please try again.",
        "again": "Try again",
        "loading": "Loading …",
        "next_days": "The next 90 days",
        "today": "Today",
        "papers_to_start": "Papers to start",
        "n_papers": "{n} papers",
        "n_papers_1": "1 paper",
        "and_more": "and {n} more in the table",
        "unsure": "not confirmed",
        "kind_closes": "Last date",
        "kind_target": "My own date",
        "kind_expected": "Usual month, not confirmed",
        "kind_start": "Start a paper",
        "kind_renewal": "Renewal",
        "kind_work": "Time to get the papers",
        "when": "When",
        "what": "What",
        "which": "Which",
        "money": "Money in play and won",
        "money_of": "Money in {currency}",
        "money_what": "What",
        "amount": "Amount",
        "note": "Note",
        "no_currency": "Currency not stated",
        "play_year": "In play, a year",
        "play_month": "In play, a month",
        "play_once": "In play, once",
        "play_course": "In play, whole course",
        "play_none": "In play",
        "won": "Won",
        "arrived": "{amount} has arrived",
        "n_applications": "{n} applications",
        "n_applications_1": "1 application",
        "play_unknown": "For {n} more the record states no amount.",
        "play_unknown_1": "For 1 more the record states no amount.",
        "won_unknown": "The amount of {n} that you won is not noted yet.",
        "won_unknown_1": "The amount of 1 that you won is not noted yet.",
        "money_hint": "In play: what the records state for those that you saved, prepare or submitted, not what you will get. Different currencies and periods are never added up.",
        "calendar": "Calendar",
        "calendar_text": "Confirmed last dates and your own dates with reminders 14, 7, 3 and 1 days before. Usual months are marked as not confirmed.",
        "calendar_file": "Download",
        "calendar_papers": "Download with start dates of papers",
        "calendar_this": "Dates of this one for my calendar",
        "subscribe": "Show my private address",
        "subscribe_guest": "With an account your calendar can follow these dates by itself. Without one you can download them.",
        "address": "Private address for your calendar app",
        "address_hint": "Your calendar looks there for changes by itself. Whoever has the address can see your dates: do not share it.",
        "copy": "Copy",
        "copied": "Copied.",
        "webcal": "Open in my calendar app",
        "renew": "New address",
        "renew_hint": "“New address” makes the old one useless; calendars that use it stop.",
        "renewed": "This is the new address; the old one does not work any more.",
        "subscribe_how": "How to subscribe",
        "subscribe_google": "Google Calendar (on a computer): Other calendars, plus sign, “From URL”, paste the address.",
        "subscribe_apple": "iPhone, iPad, Mac: tap “Open in my calendar app”, or Calendar, File, “New Calendar Subscription”.",
        "subscribe_outlook": "Outlook: Add calendar, “Subscribe from web”, paste the address.",
        "along": "Copies, import and deleted ones",
        "export_hint": "Take all of it along. JSON can be brought back in here.",
        "import": "Bring in a copy (JSON that you took out here)",
        "import_hint": "What is here already is not doubled: both copies are brought together.",
        "imported": "{added} new, {merged} brought together, {unchanged} unchanged, {deleted} deleted before.",
        "import_not_ours": "This file is no copy from here. Choose the JSON file that you took out.",
        "import_large": "This file is larger than 5 MB.",
        "deleted": "Deleted",
        "until": "can be restored until {on}",
        "restore": "Restore",
        "restored": "“{name}” is back.",
        "forever": "Delete for good",
        "forever_sure": "With its notes and history, without a way back.",
        "forever_yes": "Yes, for good",
        "gone_forever": "Deleted for good.",
        "saved": "Saved. You find it under Applications.",
        "saved_here": "Saved in this browser. You find it under Applications.",
        "taken_back": "Taken out of your applications. Saved again, it comes back with your notes.",
        "undo": "Undo",
        "undone": "Taken back.",
        "kept": "Saved.",
        "ticked": "“{name}” is ready.",
        "unticked": "“{name}” is not ready any more.",
        "late_since": "late: start by {on} has passed",
        "start_on": "start by {on}",
        "lead_usual": "usually",
        "lead_own": "my own time",
        "edit_item": "Change or remove: {name}",
        "item_text": "What",
        "own_days": "Days that it takes, if you know better",
        "save": "Save",
        "remove": "Remove",
        "removed": "“{name}” is removed.",
        "checklist": "Checklist",
        "new_item": "One more thing to get ready",
        "new_item_hint": "Add something",
        "add": "Add",
        "added": "“{name}” is added.",
        "portal": "At the portal",
        "portal_label": "What its portal or office shows",
        "no_stage": "Not looked yet",
        "other_stage": "Something else, in my words",
        "own_words": "In my words",
        "stage_means": "What it means",
        "stage_next": "What to do",
        "stage_call": "Whom to call next",
        "outcome": "Outcome and money",
        "amount_awarded": "Amount awarded {currency}",
        "credited": "Has the money arrived?",
        "credited_unknown": "Not said",
        "credited_yes": "Yes, it arrived",
        "credited_no": "Not yet",
        "credited_on": "Arrived on",
        "renewal": "Renewal due on",
        "renewal_hint": "60 days before, it opens again here with its checklist.",
        "reopen": "Begin next year’s round now",
        "reopened": "Opened again for the next year.",
        "past": "Earlier years",
        "notes_title": "Notes and application number",
        "notes": "Notes",
        "reference": "Application number",
        "target": "My own date, to be done by",
        "next_step": "Next step",
        "all_facts": "Everything about it",
        "share": "Share with friends",
        "send": "Send",
        "history": "History",
        "undo_what": "Undo: {what}",
        "was_undone": "taken back",
        "delete": "Delete",
        "delete_sure": "It goes with its notes. You can restore it for 30 days.",
        "delete_yes": "Yes, delete",
        "deleted_one": "“{name}” is deleted.",
        "close": "Close",
        "left_catalogue": "This scholarship is not in our list any more. Below is what was saved; ask the office that gives it whether it still runs.",
        "facts_changed": "Since you saved it, our list changed:",
        "news": "Changed since you last looked:",
        "was_now": "was “{was}”, now “{now}”",
        "nothing": "not stated",
        "fact_name": "Name",
        "fact_provider": "Given by",
        "fact_award": "Award",
        "fact_deadline": "Date by the source",
        "fact_applicationUrl": "Address of its page",
        "fact_sourceUrl": "Address of the source",
        "not_yours": "This application is not in your list.",
        "ours": "usual time by our own experience",
    }
    """What the Applications tab says; its scripts put it in."""
    TAKE_OVER = {
        "one": "Take the chat of this browser into your account?",
        "many": "Take the {n} chats of this browser into your account?",
        "saved_one": "Take the scholarship saved in this browser into your account?",
        "saved_many": "Take the {n} scholarships saved in this browser into your account?",
        "both": "Take the chats and saved scholarships of this browser into your account?",
        "application": "Saved: {name}",
        "more": "and {n} more",
        "profile": "Store in my profile too what I said there about me, where it is empty: {what}",
        "hint": "They move into your account and leave this browser. Leave them here if they are not yours.",
        "yes": "Yes, take them over",
        "no": "Leave them here",
        "failed": "That did not work. Nothing is lost; please try again.",
    }
    """What the offer to take over what a guest’s browser kept says."""
    TAKEN_OVER = "Done. It is in your account now."
    THUMB_UP, THUMB_DOWN = "What was good?", "What was wrong?"
    REASONS = {
        "wrong_fact": "A wrong amount, date or rule",
        "does_not_fit": "The scholarships do not fit me",
        "misunderstood": "My question was not understood",
        "unclear": "Hard to read or too long",
        "other": "Something else",
    }
    THUMB_MORE = "In your own words (optional)"
    THUMB_WITH = "Your question and this answer go along, to the people who check the list. Leave out private details."
    THUMB_SEND, THUMB_DONE = "Send", "Thank you. Somebody will read it."

    SEARCH_LABEL = "Search"
    SEARCH_PLACEHOLDER = "Name of a scheme, or say who you are"
    SEARCH_BUTTON = "Search"
    CLEAR_ALL = "Clear all"
    FILTERS = "Filters"
    ANYTHING = "Any"
    PREVIOUS, NEXT = "Previous", "Next"
    PAGE_OF = "Page {page} of {pages}"
    FOUND_ONE, FOUND_MANY = "1 scholarship", "{total} scholarships"
    SEARCHING_WITH = "Searching with"
    REMOVE = "Remove {what}"
    CHANGE = "Change {what}"
    NOT_USED = "Not used: {name}"
    USE_AGAIN = "Use {name} again"
    LOADING = "Loading the list …"
    NOTHING_FOUND = "No scholarship fits all of this"
    NOTHING_FOUND_TRY = "This would find some:"
    WITHOUT = "Without {what} ({total})"
    WITHOUT_LONG = "Without {what}: {found}"
    QUOTED = "“{text}”"
    ALL_FILTERS = "all filters"
    THE_WORDS = "the words “{words}”"
    NOT_SHOWN = "{name} is not shown: {why}"
    SHOW_ANYWAY = "Show it anyway"
    NEARLY = "Nearly"
    NEARLY_LEAD = "You miss only one rule of these. Tap a name to look at it."
    AND_MORE = "and {n} more"
    LOOK_FOR = "Search for {name}"
    COPY_LINK, LINK_COPIED, LINK_BY_HAND = "Copy link", "Link copied", "Copy this address:"
    LINK_HINT = "The address of this page holds your search; share it only if you want to share that."
    ADDRESS_BROKEN = "Parts of this page’s address could not be used and were left out: {names}."
    NOTHING_FOUND_ADVICE = "Take one filter away, try fewer words, or set “Last date” to “Any”. You can also ask in the Chat, in your own words."

    SAVE, SAVED = "Save", "Saved"
    ASK = "Ask"
    DETAILS = "Details"
    WHO_CAN_APPLY, YOU_NEED = "Who can apply", "What you need"
    OFFICIAL_PAGE, SOURCE = "Official page", "Source"
    SOURCE_AS_OF = "Source: {host}, {date}"
    SOURCE_NO_DATE = "Source: {host}, date not known"
    STATES = {
        "open": "Open",
        "closing_soon": "Closing soon",
        "expected_open": "Usually open now",
        "closed": "Closed",
        "rolling": "Open all year",
        "unconfirmed": "Date not confirmed",
    }
    ELIGIBLE = "You meet every stated rule"
    NEEDS_INFO = "May fit; missing: {rules}"
    NOT_ELIGIBLE = "Does not fit: {why}"
    RULES = {
        "level": "level",
        "field": "field",
        "gender": "gender",
        "citizenship": "citizenship",
        "state": "home state",
        "studyIn": "country of study",
        "socialGroup": "social group",
        "disability": "disability",
        "marks": "marks",
        "income": "family income",
        "age": "age",
    }
    WHY = "Why?"
    REPORT, REPORT_LABEL, REPORT_SEND = "Report a mistake", "What is wrong?", "Send report"
    REPORT_DONE = "Thank you. Somebody will check this record."

    GO_TO_SEARCH = "Look at scholarships"

    SIGN_IN, SIGN_UP, SIGN_OUT = "Sign in", "Make an account", "Sign out"
    EMAIL, PASSWORD, NAME = "E-mail", "Password", "Name (optional)"
    PASSWORD_HINT = "At least 8 characters; a long phrase is best."  # noqa: S105 - a hint
    AGREE = "I am 18 or older, or my parent or guardian agrees."
    AGREE_FIRST = "Please tick the box about your age or your parent’s agreement first."
    NO_ANSWER = "The server did not answer. Please try again."
    WHY_ACCOUNT = "Free. It keeps your saved scholarships, your documents, your dates and your chats."
    NEW_HERE, HAVE_ACCOUNT = "I am new here", "I have an account"
    EMAIL_MISSING, PASSWORD_MISSING = "Please type your e-mail.", "Please type your password."
    SHOW_PASSWORD = "Show password"  # noqa: S105 - a button
    HUB_SIGN_IN, HUB_AGAIN = "Sign in with Hugging Face", "Sign in with Hugging Face once more"
    HUB_HINT = (
        "New here? This makes an account with the e-mail and name that you have there. By going on you say that you are 18 "
        "or older, or that your parent or guardian agrees."
    )
    HUB_PROBLEMS = {
        "refused": "You are not signed in, as you said no at Hugging Face.",
        "again": "That sign-in was interrupted or took too long. Please try again.",
        "unverified": "Hugging Face has not checked your e-mail yet. Confirm it there, then try again.",
        "taken": "The account with this e-mail belongs to another user of Hugging Face. Sign in with its password.",
        "busy": "There were many tries in a short time. Please wait a minute and try again.",
        "unavailable": "Hugging Face does not answer right now. Please try again later.",
    }
    """By the word that stands behind #huggingface= in the address."""
    FORGOT = "Forgot your password?"
    FORGOT_TEXT = (
        "Write your e-mail. If it has an account, we send a link to set a new password. It works for 30 minutes."
    )
    FORGOT_SEND = "Send me the link"
    FORGOT_SENT = "If this e-mail has an account, the link is on its way. Look among the unwanted mails (spam) too."
    FORGOT_ASK = "This site cannot send mail. Please ask here for help: {contact}"
    FORGOT_ASK_OWNER = "This site cannot send mail. Please ask the person who runs it for help."
    NEW_PASSWORD_TITLE, NEW_PASSWORD, NOW_PASSWORD = "Set a new password", "New password", "Password that you use now"
    NEW_PASSWORD_SET = "Your new password is set. Sign in with it now."  # noqa: S105 - a text
    CHANGE_PASSWORD = "Change my password"  # noqa: S105 - a text
    PASSWORD_CHANGED = "Your password is set. On other phones and computers you are signed out."  # noqa: S105 - a text
    BY_HUB_ONLY = (
        "Your account has no password, as you sign in with Hugging Face. To delete the account or to set a password, sign in "
        "once more and do it within 10 minutes."
    )
    SIGNED_IN_AS = "Signed in as {who}"
    FOR, ME, ANOTHER_STUDENT = "For", "Me", "+ Add another student"
    DELETE_STUDENT = "Delete this student"
    DELETE_STUDENT_YES = "Yes, delete with all chats and applications"
    STUDENT_NAME, ADD_STUDENT = "Name or nickname of the student", "Add"
    PROFILE_TITLE = "About you"
    PROFILE_TEXT = (
        "Fill in what you like; it makes answers fit you. What you save here, income, social group and disability too, is "
        "stored in your account, for you only. Leave out what you do not want stored; you can clear it at any time."
    )
    YES, NO, NOT_SAID = "Yes", "No", "Not said"
    SAVE_PROFILE = "Save profile"
    PROFILE_SAVED = "Profile saved. Answers and searches use it from now on."
    YOUR_DATA = "Your data"
    EXPORT = "Download everything stored about me"
    DELETE_ACCOUNT = "Delete my account"
    DELETE_ACCOUNT_TEXT = "This deletes your account, profile, chats and applications at once. It cannot be undone."
    DELETE_ACCOUNT_YES = "Delete for good"
    PRIVACY_TITLE, PRIVACY_LINK = "Privacy", "Privacy: what is stored and for how long"
    PRIVACY = (
        "Without an account your chats and saved scholarships stay in this browser. With an account we keep your e-mail, profile, chats and "
        "applications, only to show them to you again. Never write Aadhaar, bank or password details in the chat."
    )
    PRIVACY_LEAD = (
        "In short: we keep as little as we can, show it to nobody else, and you can take it along or delete it."
    )
    PRIVACY_PAGE = (
        (
            "Without an account",
            (
                "Your last 20 chats are kept in this browser, until you delete them there or clear the browser’s data. Everybody "
                "who uses this browser can read them: on a shared phone use “Delete all chats”.",
                "The server remembers in its memory what a running chat needs, for {guest_hours} hours after your last message; it "
                "writes nothing of it to a disk.",
                "Scholarships that you save, with your ticks, notes and dates, are kept in this browser too (40 at most), until you "
                "delete them there. With each change the page sends the list to the server, which works out dates and next "
                "steps, answers and keeps nothing of it.",
                "When you send a thumb, your question and the answer go along and are stored without a name. When you report a "
                "mistake, what you write is stored without a name.",
            ),
        ),
        (
            "With an account",
            (
                "We store your e-mail, your name if you gave one, a scrambled form of your password (nobody can read it), the times "
                "of your sign-ins, the profile, chats and applications of each student of the account, thumbs and reports.",
                "Chats are deleted 90 days after their last message, unless you keep them. A stored chat holds what you wrote, the "
                "answers and what was understood from them. Everything else stays until you delete it.",
                "Family income, social group, disability and the rest of the profile are stored in the account only when you save "
                "the form about you, say yes to taking over what you said as a guest, or switch on “Remember”. You can clear each "
                "field, and switch it off, at any time.",
                "You stay signed in for {idle_days} days without a visit and {whole_days} days in all, by one cookie that scripts "
                "cannot read. One other cookie holds the language you chose, if you chose one. While you sign in with Hugging Face "
                "a third one lasts 10 minutes; from there we get your e-mail and name, and keep your id.",
            ),
        ),
        (
            "Who sees it",
            (
                "Only you. The people who check the list read thumbs and reports, without names. Those who run this server could "
                "read its database, as on every site; they use it for nothing else.",
                "{model}",
                "No adverts, no analytics, no third parties: the page loads nothing from other sites. The server’s log holds no "
                "messages, e-mails or passwords.",
                "Long numbers as of Aadhaar, a card or an account, and codes like OTP and PIN, are blotted out before anything "
                "else sees them. Please do not send them all the same.",
            ),
        ),
        (
            "Take it along or delete it",
            (
                "In the Account tab you can download everything stored about you, change or clear your profile, and delete the "
                "account with all that belongs to it, at once.",
                "Each chat can be downloaded or deleted in the list of chats, each application in the Applications tab, each "
                "student of your account above the tabs.",
                "Thumbs and reports sent without an account hold no name, so nobody can tell which ones are yours.",
            ),
        ),
    )
    """What is stored, where, for how long, who sees it; figures are put in from the code."""
    PRIVACY_MODEL_HERE = "The language model runs for this site alone; your messages go to no other company."
    PRIVACY_MODEL_ELSEWHERE = (
        "Friendly words are written by a language model on another server that the people who run this site chose: your "
        "question, with such numbers blotted out, and facts of scholarships go there; your name, e-mail and profile do not."
    )
    PRIVACY_TO_ACCOUNT, CLOSE = "To my account", "Close"
    PAGE_ONLY = "Your browser keeps no sign-in for this page inside another site. You are signed in until you close or reload it."
    OWN_TAB = "Open it in its own tab to stay signed in"
    FOR_DEVELOPERS = "For developers"
    FOOTER = "Always check the official page before you apply. No real scholarship asks for a fee or an OTP."

    BUSY = "That did not work. Please try again."
    WENT_WRONG, WENT_WELL = "That did not work", "Done"
    """The titles of notices."""

    LEVELS = {
        "school": "School (up to class 10)",
        "class-11-12": "Class 11 and 12",
        "diploma": "Diploma, ITI",
        "undergraduate": "Degree (UG)",
        "postgraduate": "Master’s (PG)",
        "doctoral": "PhD",
        "postdoctoral": "Post-doctoral",
    }
    GENDERS = {"female": "Female", "male": "Male", "transgender": "Transgender"}
    SOCIAL_GROUPS = {
        "general": "General (none of these)",
        "SC": "SC",
        "ST": "ST",
        "OBC": "OBC",
        "EWS": "EWS",
        "DNT": "DNT / nomadic",
        "minority": "Minority community",
        "defence-family": "Defence family",
        "worker-family": "Worker’s family",
        "first-generation": "First in the family to study",
        "orphan": "Orphan",
        "refugee": "Refugee",
        "indigenous": "Indigenous",
        "african-american": "African American",
        "hispanic": "Hispanic",
    }
    FIELDS = {
        "engineering": "Engineering",
        "computing": "Computing",
        "medicine": "Medicine",
        "nursing": "Nursing",
        "pharmacy": "Pharmacy",
        "science": "Science",
        "mathematics": "Mathematics",
        "agriculture": "Agriculture",
        "commerce": "Commerce",
        "management": "Management",
        "law": "Law",
        "arts": "Arts",
        "social-sciences": "Social sciences",
        "education": "Education",
        "architecture": "Architecture",
        "design": "Design",
        "media": "Media",
        "sports": "Sports",
        "skilled-trades": "Skilled trades",
    }
    CATEGORIES = {
        "Merit-Based": "Merit-Based",
        "Need-Based": "Need-Based",
        "Merit-cum-Means": "Merit-cum-Means",
        "Women": "Women",
        "Minority": "Minority",
        "Social Category": "Social Category",
        "Disability": "Disability",
        "Sports": "Sports",
        "Research Fellowship": "Research Fellowship",
        "Study Abroad": "Study Abroad",
        "Field-Specific": "Field-Specific",
        "Defence and Wards": "Defence and Wards",
    }
    PROVIDERS = {
        "government": "Government",
        "corporate": "Corporate",
        "foundation": "Foundation",
        "university": "University",
        "association": "Association",
    }
    COUNTRIES, ANY_COUNTRY = names("country", "en"), "any country"
    REGIONS = names("state", "en")
    """States and provinces by their official names."""
    MONTHS = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )
    MONTH_YEAR = "{month} {year}"
    DEADLINES = {"any": "Any", "open": "Open now (confirmed)", "upcoming": "Open or coming up"}
    SORTS = {"relevance": "Best fit first", "deadline": "Last date first", "award": "Largest award first"}
    FILTER_NAMES = {
        "level": "Level",
        "field": "Field of study",
        "state": "Home state",
        "gender": "Gender",
        "social_group": "Social group",
        "category": "Category",
        "provider_type": "Given by",
        "study_in": "Country of study",
        "deadline": "Last date",
        "sort": "Order",
        "marks": "Your marks (%)",
        "income": "Family income a year (₹)",
        "eligible_only": "Only where I meet every stated rule",
    }
    ADDRESS_NAMES = {"q": "some of the words", "ignore": "what not to read from the words", "p": "page"}
    PROFILE_NAMES = {
        "level": "Level",
        "yearOfStudy": "Year",
        "fields": "Field",
        "gender": "Gender",
        "citizenship": "Citizen of",
        "state": "State",
        "studyIn": "Study in",
        "socialGroups": "Group",
        "disability": "Disability",
        "marksPercent": "Marks",
        "familyIncome": "Income",
        "age": "Age",
    }
    PROFILE_LABELS = {
        "level": "Level",
        "yearOfStudy": "Year of the course",
        "fields": "Fields of study",
        "gender": "Gender",
        "citizenship": "Citizenship",
        "state": "Home state",
        "studyIn": "Countries of study",
        "socialGroups": "Social groups",
        "disability": "Disability",
        "marksPercent": "Your marks (%)",
        "familyIncome": "Family income a year (₹)",
        "age": "Age",
    }
    """The same fields in the form about the student."""

    # Cards, everything about one, comparison
    SHARE, COMPARE, TAKE_OUT = "Share", "Compare", "Take out"
    FOR_WHOM = "For whom:"
    MET, NOT_MET, NOT_KNOWN = "Met", "Not met", "Not known yet"
    NOT_STATED, OPEN_TO_ALL, REQUIRED = "Not stated", "Open to all", "Required"
    AWARD, AMOUNT, COVERS, RENEWABLE, PLACES = "Award", "Amount", "Covers", "Renewed each year", "Awards a year"
    GIVEN_BY, LAST_DATE, CONFIRMED_DATE, NONE_CONFIRMED = (
        "Given by",
        "Last date",
        "Latest last date that was confirmed",
        "None known",
    )
    USUAL_MONTHS, NEXT_EXPECTED, DATE_IN_SOURCE = "Usual months", "Next expected", "Date in the words of the source"
    OPEN_FROM_TO, OPENS_IN, CLOSES_IN = "{first} to {last}", "Usually opens in {month}", "Usually closes in {month}"
    ALL_FACTS, WHERE_FROM, HOLDING = "All that is stated", "Where this is from", "Together with another award"
    HOLDING_NOT_STATED = (
        "Not stated whether it may be held with another award. Ask the office that gives it before you take both."
    )
    CHECK_OFFICIAL = "Rules and dates change. Check the official page before you apply."
    OFFICIAL_CHECKED = "The link above leads to the official page of those who give it."
    NOT_OFFICIAL = (
        "We know no official page. The link leads to the page that was read; do not send papers or money there."
    )
    CALENDAR_OF_ONE = "Calendar file"
    NOT_IN_LIST = "Not in the list"
    NO_SUCH_SCHOLARSHIP = "There is no scholarship at this address. It may have left the list, or the link is broken."
    TOO_FEW_TO_COMPARE = "Fewer than two of these scholarships are in the list. Tap “Compare” on two cards."
    COMPARISON, ONLY_DIFFERENCES, DIFFERS = "Comparison", "Only what differs", "differs"
    DATE_STATE, FOR_YOU, NEXT_STEP = "Open now?", "For you", "Next step"
    ONE_MORE, COMPARE_FULL = "Pick one more to compare.", "You can compare four at most. Take one out first."
    REPORT_HINT = "Leave out private details. Somebody compares it with the source."
    NEARLY_RULE, FILTERED_OUT = "{rule} ({total})", "A filter leaves it out."
    PAGES, TRY_AGAIN, SEARCH_FAILED = "Pages", "Try again", "The search did not work"

    QUALITY_TITLE, QUALITY_LINK = "How good is this list?", "How good is this list?"
    QUALITY_LEAD = "Counted over all scholarships of the list just now ({date})."
    QUALITY_ROWS = "scholarships in the list"
    QUALITY_OFFICIAL = "have a link to the official page"
    QUALITY_CHECKED = "were read at their source in the last 365 days"
    QUALITY_CLOSED = "are closed but shown as open"
    QUALITY_MEASURED = "What was measured"
    QUALITY_NOT_MEASURED = "No figures of an evaluation are kept here."
    QUALITY_FIGURES = {
        "lost": "Sentences made by a program from all scholarships: true ones that the check of facts stops by mistake",
        "stopped": "The same: false ones that it stops",
        "lost_by_hand": "Sentences written by people: true ones that it stops by mistake",
        "stopped_by_hand": "The same: false ones that it stops",
        "hit1": "Names as students type them: the right scholarship comes first",
        "resolved": "Names that are understood as that one scholarship",
        "profile": "Students’ descriptions of themselves that are read without a mistake",
        "recall": "Scholarships that a student must see and does see among the first ten",
        "chat": "Conversations answered as people who know the rules expect",
    }
    QUALITY_HOW = "How the list is made"
    QUALITY_MADE = (
        "People read each scholarship at its source and wrote down its facts, with the page and its date.",
        "What a source does not say stays empty. It is never guessed.",
        "A scholarship is called open only while a last date that was confirmed lies ahead. Usual months are called usual.",
        "Every name, amount, date, rule and link in an answer is written from these facts by a program, not by a language model.",
        "Before you apply, check the official page: rules change faster than any list.",
    )
    QUALITY_CASES = "The program was improved with these cases, so new ones go worse; the README says how much."
    QUALITY_REPORT = (
        "Tap “Report a mistake” at the scholarship. You need no account, and no name is stored. Somebody compares the "
        "report with the source and corrects the list."
    )
    QUALITY_CATEGORIES = "Scholarships in each category"
