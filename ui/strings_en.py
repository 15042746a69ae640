"""Every sentence of the page in English; the other languages override each of them (ui/strings_hi.py).

No text holds a straight quotation mark, a backslash, `<`, `>` or `&`: texts are put into HTML, JSON and scripts as they are.
"""


class English:
    """The texts by name; `{name}` stands for what is filled in."""

    APP_NAME = "Scholarship Chatbot"
    PROMISE = "Find scholarships you can really get"
    LEAD = "Ask in English, हिन्दी or Hinglish. Every amount, date and link comes from a checked list, with its source."

    DESCRIPTION = "Find scholarships you can really get: ask in English, Hindi or Hinglish."
    OTHER_CODE, OTHER_LANGUAGE = "hi", "हिन्दी"
    """The page's other language, in its own words."""
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
    TAKE_OVER = {
        "one": "Take the chat of this browser into your account?",
        "many": "Take the {n} chats of this browser into your account?",
        "more": "and {n} more",
        "profile": "Store in my profile too what I said there about me, where it is empty: {what}",
        "hint": "They move into your account and leave this browser. Leave them here if they are not yours.",
        "yes": "Yes, take them over",
        "no": "Leave them here",
        "failed": "That did not work. Nothing is lost; please try again.",
    }
    """What the offer to take over a guest’s chats says."""
    TAKEN_OVER = "Done. You find them among your chats."
    CHAT_NOT_OPENED = "This chat could not be opened."
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

    SAVED_TOAST = "Saved. You find it under Applications."
    SIGN_IN_TO_SAVE = "Sign in or make an account, and it will be saved for you."
    APPLICATIONS_TITLE = "Your applications"
    SIGNED_OUT_TITLE = "Keep track of your applications"
    SIGNED_OUT_TEXT = (
        "Save scholarships, tick off documents and get reminders for last dates. You need a free account for it."
    )
    GO_TO_ACCOUNT = "Sign in or make an account"
    NO_APPLICATIONS_TITLE = "Nothing saved yet"
    NO_APPLICATIONS_TEXT = "Find one that fits you and tap “Save” on its card."
    GO_TO_SEARCH = "Look at scholarships"
    STATUS = "Status"
    STATUSES = {
        "saved": "Saved",
        "preparing": "Preparing",
        "submitted": "Submitted",
        "awarded": "Awarded",
        "rejected": "Rejected",
        "withdrawn": "Withdrawn",
    }
    CHECKLIST = "Checklist"
    CHECKLIST_DONE = "{done} of {all} done"
    LEAD_DAYS = "takes about {days} days"
    NOTES_AND_DATES = "Notes and dates"
    NOTES, REFERENCE, TARGET_DATE, NEW_ITEM = (
        "Notes",
        "Application number",
        "My own target date",
        "Add to the checklist",
    )
    SAVE_CHANGES = "Save changes"
    CHANGES_SAVED = "Changes saved."
    DELETE, DELETE_SURE, DELETE_YES = "Delete", "Delete this application with its notes?", "Yes, delete"
    DELETED = "Deleted."
    CALENDAR = "Download calendar (.ics)"
    CALENDAR_HINT = "Confirmed last dates and your target dates, with reminders."
    OUT_OF_CATALOGUE = "This scholarship is not in the list any more."

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
    SIGNED_IN_AS = "Signed in as {who}"
    FOR, ANOTHER_STUDENT = "For", "+ Add another student"
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
        "Without an account your chats stay in this browser. With an account we keep your e-mail, profile, chats and "
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
                "cannot read. One other cookie holds the language you chose, if you chose one.",
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
    FOOTER = "Always check the official page before you apply. No real scholarship asks for a fee or an OTP."

    BUSY = "That did not work. Please try again."

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
    ANY_COUNTRY = "any country"
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
    TAKEN_BACK = "Taken out of your applications. Tap “Save” to have it back with your notes."
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
    QUALITY_WHAT, QUALITY_RESULT, QUALITY_MEASURED_ON = "Measured", "Result", "On"
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
