"""The sentences of composed answers in English (en), Hindi (hi) and Roman Hindi (hinglish); facts are filled in by code."""

LANGUAGES = ("en", "hi", "hinglish")

PHRASES: dict[str, tuple[str, str, str]] = {
    # key: (English, Hindi, Hinglish)
    "list_intro": (
        "These fit what you told me so far:",
        "आपने अब तक जो बताया, उसके हिसाब से ये छात्रवृत्तियाँ आपके लिए ठीक बैठती हैं:",
        "Aapne ab tak jo bataya, uske hisaab se ye scholarships theek baithti hain:",
    ),
    "list_general": (
        "Here are some to start with:",
        "शुरुआत के लिए ये छात्रवृत्तियाँ देखिए:",
        "Shuruaat ke liye ye scholarships dekhiye:",
    ),
    "open_none": (
        "None of these has a confirmed closing date ahead in our catalogue; by their usual months they may be open now:",
        "हमारी सूची में आगे की कोई पक्की तारीख नहीं है; अपने आमतौर के महीनों के हिसाब से ये अभी खुली हो सकती हैं:",
        "Hamari list me aage ki koi pakki tareekh nahi hai; apne aam mahino ke hisaab se ye abhi khuli ho sakti hain:",
    ),
    "ask": (
        "Tell me {what} and I can narrow it down.",
        "मुझे {what} बताइए, तो मैं और सही सूची दे सकूँगा।",
        "Mujhe {what} bataiye, to main aur sahi list de sakunga.",
    ),
    "ask_level": ("your class or course", "अपनी कक्षा या कोर्स", "apni class ya course"),
    "ask_state": ("your home state", "अपना गृह राज्य", "apna home state"),
    "ask_income": ("your family's yearly income", "परिवार की सालाना आय", "parivaar ki saalana income"),
    "ask_group": (
        "your category (SC, ST, OBC, EWS, general)",
        "अपना वर्ग (SC, ST, OBC, EWS, सामान्य)",
        "apni category (SC, ST, OBC, EWS, general)",
    ),
    "ask_field": ("your subject", "अपना विषय", "apna subject"),
    "ask_gender": ("whether you are a girl or a boy", "आप लड़की हैं या लड़का", "aap ladki hain ya ladka"),
    "ask_marks": ("your last marks in percent", "पिछली परीक्षा के अंक (प्रतिशत)", "pichhli pariksha ke marks (percent)"),
    "ask_age": ("your age", "अपनी आयु", "apni umar"),
    "ask_disability": ("whether you have a disability", "क्या आप दिव्यांग हैं", "kya aap divyang hain"),
    "ask_citizenship": ("your citizenship", "अपनी नागरिकता", "apni nagrikta"),
    "and": (" and ", " और ", " aur "),
    "award": ("Award", "राशि", "Rashi"),
    "places": ("Awards a year", "साल में कितनों को मिलती है", "Saal me kitno ko milti hai"),
    "deadline": ("Last date", "अंतिम तिथि", "Last date"),
    "provider": ("Given by", "देने वाली संस्था", "Dene wali sanstha"),
    "official_page": ("Official page", "आधिकारिक पेज", "Official page"),
    "source": ("Source", "स्रोत", "Source"),
    "who": ("Who can apply", "कौन आवेदन कर सकता है", "Kaun apply kar sakta hai"),
    "documents": ("What you need", "क्या-क्या चाहिए", "Kya kya chahiye"),
    "in_words": ("More, in the source's words", "और बातें, स्रोत के शब्दों में", "Aur baatein, source ke shabdon me"),
    "hold_stated": (
        "What the record states about holding it with another award:",
        "दूसरी छात्रवृत्ति के साथ लेने के बारे में स्रोत में यह लिखा है:",
        "Doosri scholarship ke saath lene ke baare me source me ye likha hai:",
    ),
    "hold_not_stated": (
        "The record does not state whether it may be held with another award; ask the office that gives it before you take both.",
        "दूसरी छात्रवृत्ति के साथ ले सकते हैं या नहीं, यह हमारे स्रोत में नहीं लिखा है; दोनों लेने से पहले देने वाले कार्यालय से पूछिए।",
        "Doosri scholarship ke saath le sakte hain ya nahi, ye hamare source me nahi likha hai; dono lene se pehle dene wale office se poochiye.",
    ),
    "hold": (
        "That depends on the two schemes: many government awards allow no second one, others do. Tell me both names and I will show what their records state.",
        "यह दोनों योजनाओं के नियमों पर निर्भर है: कई सरकारी छात्रवृत्तियाँ दूसरी की अनुमति नहीं देतीं, कुछ देती हैं। दोनों के नाम बताइए, मैं दिखाऊँगा कि उनके बारे में क्या लिखा है।",
        "Ye dono yojanaon ke niyamon par hai: kai sarkari scholarships doosri ki anumati nahi deti, kuch deti hain. Dono ke naam bataiye, main dikhaunga ki unke baare me kya likha hai.",
    ),
    "compare_largest": (
        "By the amounts stated in our records, the largest first:",
        "हमारी सूची में लिखी राशि के हिसाब से, सबसे बड़ी पहले:",
        "Hamari list me likhi rashi ke hisaab se, sabse badi pehle:",
    ),
    "compare_unlike": (
        "Their amounts are not stated in the same way, so I cannot rank them; side by side:",
        "इनकी राशि एक ही तरह से नहीं लिखी है, इसलिए मैं क्रम नहीं बता सकता; साथ-साथ देखिए:",
        "Inki rashi ek hi tarah se nahi likhi hai, isliye main order nahi bata sakta; saath-saath dekhiye:",
    ),
    "conversion": (
        "Marks: use the formula that your board or university prints on the mark sheet to turn CGPA into percent; where none is known I use CBSE's. Income: a monthly income times 12 is the yearly income, of all earning family members together. Write it as you have it (for example your CGPA, or the income a month): I convert it, show it under what I know of you, and check the limits with it.",
        "अंक: CGPA को प्रतिशत में बदलने के लिए अपने बोर्ड या विश्वविद्यालय का अंकपत्र पर छपा सूत्र लीजिए; न हो तो मैं CBSE का सूत्र लेता हूँ। आय: महीने की आय को 12 से गुणा कीजिए, परिवार के सभी कमाने वालों की मिलाकर। जैसा आपके पास है वैसा लिखिए (CGPA या महीने की आय): मैं बदलकर आपकी जानकारी में दिखाता हूँ और सीमा जाँचता हूँ।",
        "Marks: CGPA ko percent me badalne ke liye apne board ya university ka marksheet par chhapa formula lijiye; na ho to main CBSE ka formula leta hoon. Income: mahine ki income ko 12 se guna kijiye, parivaar ke sabhi kamane walon ki milakar. Jaisa aapke paas hai waisa likhiye (CGPA ya mahine ki income): main badalkar aapki jaankari me dikhata hoon aur limit check karta hoon.",
    ),
    "converted": (
        "By what you wrote that makes {values}.",
        "आपके लिखे के हिसाब से यह {values} बनता है।",
        "Aapke likhe ke hisaab se ye {values} banta hai.",
    ),
    "more": (
        "More that fit, after those shown before:",
        "पहले दिखाई गई छात्रवृत्तियों के बाद ये भी ठीक बैठती हैं:",
        "Pehle dikhai hui ke baad ye bhi theek baithti hain:",
    ),
    "no_more": (
        "I have shown all that fit what you told me. Change or add something about you (tap it above), or name a subject or scheme.",
        "आपने जो बताया उसके हिसाब से सब दिखा दीं। अपने बारे में कुछ बदलिए या जोड़िए, या विषय या योजना का नाम लिखिए।",
        "Aapne jo bataya uske hisaab se sab dikha di. Apne baare me kuch badliye ya jodiye, ya subject ya yojana ka naam likhiye.",
    ),
    "other_language": (
        "(I can answer in English, Hindi or Roman Hindi; this answer is in English.)",
        "(मैं अंग्रेज़ी, हिंदी या रोमन हिंदी में जवाब दे सकता हूँ; यह जवाब हिंदी में है।)",
        "(Main English, Hindi ya Roman Hindi me jawab de sakta hoon.)",
    ),
    "about": (
        "I am a scholarship assistant, a program and not a person. I answer only from a catalogue of {rows} awards, in which every record names the page it was read on and when; each card links to it and to the official page where one is known. I can be out of date: check the official page before you apply.",
        "मैं छात्रवृत्ति सहायक हूँ, एक प्रोग्राम, इंसान नहीं। मैं केवल {rows} छात्रवृत्तियों की सूची से जवाब देता हूँ, जिसके हर रिकॉर्ड में लिखा है कि जानकारी किस पेज से और कब ली गई; हर कार्ड पर स्रोत और आधिकारिक पेज का लिंक है। जानकारी पुरानी हो सकती है: आवेदन से पहले आधिकारिक पेज जाँचिए।",
        "Main scholarship sahayak hoon, ek program, insaan nahi. Main sirf {rows} scholarships ki list (catalogue) se jawab deta hoon, jiske har record me likha hai ki jaankari kis page se aur kab li gayi; har card par source aur official page ka link hai. Jaankari purani ho sakti hai: apply karne se pehle official page check kijiye.",
    ),
    "tip": ("Tip", "सुझाव", "Tip"),
    "model_busy": (
        "(Answered from the catalogue alone: the language model is busy with other students just now.)",
        "(यह जवाब केवल सूची से है: भाषा मॉडल अभी दूसरे विद्यार्थियों के साथ व्यस्त है।)",
        "(Ye jawab sirf list se hai: language model abhi doosre students ke saath vyast hai.)",
    ),
    "model_quota": (
        "(Answered from the catalogue alone: the GPU quota of the language model is used up for now.)",
        "(यह जवाब केवल सूची से है: भाषा मॉडल का GPU कोटा अभी समाप्त है।)",
        "(Ye jawab sirf list se hai: language model ka GPU quota abhi khatam hai.)",
    ),
    "model_failed": (
        "(Answered from the catalogue alone: the language model did not answer.)",
        "(यह जवाब केवल सूची से है: भाषा मॉडल से जवाब नहीं मिला।)",
        "(Ye jawab sirf list se hai: language model se jawab nahi mila.)",
    ),
    "description": ("About", "जानकारी", "Jaankari"),
    "renewable": ("Renewal", "नवीनीकरण", "Renewal"),
    "yes_renewable": (
        "can be renewed, by the source read",
        "स्रोत के अनुसार नवीनीकरण हो सकता है",
        "source ke hisaab se renew ho sakti hai",
    ),
    "not_renewable": (
        "not renewable, by the source read",
        "स्रोत के अनुसार नवीनीकरण नहीं होता",
        "source ke hisaab se renew nahi hoti",
    ),
    "not_stated": (
        "not stated in the source we read",
        "हमारे पढ़े स्रोत में नहीं लिखा है",
        "hamare padhe source me nahi likha hai",
    ),
    "eligible": (
        "You meet every rule that is stated.",
        "आप लिखी हुई हर शर्त पूरी करते हैं।",
        "Aap likhi hui har shart poori karte hain.",
    ),
    "needs_info": (
        "No stated rule excludes you so far; still to check:",
        "अब तक कोई शर्त आपको नहीं रोकती; यह देखना बाकी है:",
        "Ab tak koi shart aapko nahi rokti; ye dekhna baaki hai:",
    ),
    "not_eligible": (
        "No, not by the stated rules:",
        "नहीं, लिखी शर्तों के अनुसार यह आपको नहीं मिलेगी:",
        "Nahi, likhi sharton ke hisaab se ye aapko nahi milegi:",
    ),
    "mark_eligible": ("you meet the stated rules", "आप लिखी शर्तें पूरी करते हैं", "aap likhi sharten poori karte hain"),
    "mark_needs_info": ("still to check: {rules}", "देखना बाकी: {rules}", "dekhna baaki: {rules}"),
    "mark_not_eligible": ("does not fit: {rules}", "शर्त नहीं मिलती: {rules}", "shart nahi milti: {rules}"),
    "read_conditions": ("Conditions in words:", "शब्दों में शर्तें:", "Sharten:"),
    "how_to_apply": (
        "How to apply: start on the page below and keep these ready:",
        "आवेदन कैसे करें: नीचे दिए पेज से शुरू करें और ये तैयार रखें:",
        "Kaise apply karein: neeche diye page se shuru karein aur ye taiyaar rakhein:",
    ),
    "closing": (
        "These close or usually close soon; a month without a year is a usual one, not a confirmed date:",
        "ये जल्दी बंद होती हैं या आमतौर पर जल्दी बंद होती हैं; जहाँ केवल महीना है, वहाँ तारीख पक्की नहीं है:",
        "Ye jaldi band hoti hain ya aam taur par jaldi band hoti hain; jahan sirf mahina hai wahan date pakki nahi hai:",
    ),
    "papers": (
        "Income, caste and domicile certificates are issued by the tehsil or revenue office of your district; in most states you apply on the state's e-District portal or at a Common Service Centre (CSC), with Aadhaar, proof of address and proof of income. An expired one is applied for anew in the same way; start early, it can take weeks. Aadhaar is linked with your bank account at your bank's branch: ask for Aadhaar seeding for DBT, and ask a few days later whether it is active. Tell me the scheme and I show which papers its record names.",
        "आय, जाति और निवास प्रमाण पत्र ज़िले के तहसील या राजस्व कार्यालय से बनते हैं; ज़्यादातर राज्यों में राज्य के ई-डिस्ट्रिक्ट पोर्टल पर या कॉमन सर्विस सेंटर (CSC) में आवेदन होता है, आधार, पते और आय के प्रमाण के साथ। पुराना हो गया हो तो उसी तरह नया बनवाइए; समय लगता है, जल्दी शुरू कीजिए। आधार को बैंक खाते से बैंक की शाखा में जोड़ते हैं: DBT के लिए आधार सीडिंग माँगिए और कुछ दिन बाद पूछिए कि चालू हुआ या नहीं। योजना का नाम बताइए, मैं उसके कागज़ दिखाऊँगा।",
        "Income, caste aur domicile certificate zile ke tehsil ya revenue office se bante hain; zyadatar states me state ke e-District portal par ya Common Service Centre (CSC) me apply hota hai, Aadhaar, pate aur income ke proof ke saath. Purana ho gaya ho to usi tarah naya banwaiye; samay lagta hai, jaldi shuru kijiye. Aadhaar ko bank account se bank ki branch me jodte hain: DBT ke liye Aadhaar seeding maangiye aur kuch din baad poochiye ki chalu hua ya nahi. Scheme ka naam bataiye, main uske kagaz dikhaunga.",
    ),
    "account": (
        "Under the Account tab you can sign in and out, change your password, download everything that is stored about you, and delete the account with all chats and applications. Single chats are deleted in the list of your chats. I cannot do that for you from here.",
        "खाता (Account) टैब में आप साइन इन और साइन आउट कर सकते हैं, पासवर्ड बदल सकते हैं, आपके बारे में सहेजी हर चीज़ डाउनलोड कर सकते हैं, और खाता सारी चैट और आवेदनों के साथ मिटा सकते हैं। एक-एक चैट आपकी चैट की सूची से हटती है। यहाँ से मैं यह नहीं कर सकता।",
        "Account tab me aap sign in aur sign out kar sakte hain, password badal sakte hain, aapke baare me jo bhi save hai download kar sakte hain, aur account ko saari chat aur applications ke saath delete kar sakte hain. Ek-ek chat aapki chat ki list se hatti hai. Yahan se main ye nahi kar sakta.",
    ),
    "fill_form": (
        "I do not fill in, sign in to or submit forms, and please never give anyone your password, OTR or OTP. I can show you the steps and the papers: tell me the scheme's name. The form itself you fill in on its official portal, or at a Common Service Centre (CSC) near you.",
        "मैं फॉर्म नहीं भरता, न लॉगिन करता हूँ, न जमा करता हूँ; अपना पासवर्ड, OTR या OTP किसी को मत दीजिए। मैं कदम और कागज़ बता सकता हूँ: योजना का नाम लिखिए। फॉर्म आप आधिकारिक पोर्टल पर या पास के कॉमन सर्विस सेंटर (CSC) में भरिए।",
        "Main form nahi bharta, na login karta hoon, na submit karta hoon; apna password, OTR ya OTP kisi ko mat dijiye. Main steps aur kagaz bata sakta hoon: scheme ka naam likhiye. Form aap official portal par ya paas ke Common Service Centre (CSC) me bhariye.",
    ),
    "mistake": (
        "Thank you for saying so. I only repeat what our records state, and a record can be wrong or out of date: press Report a mistake on its card and say what is wrong, and a person will check it. Until then go by the official page.",
        "बताने के लिए धन्यवाद। मैं वही बताता हूँ जो हमारी सूची में लिखा है, और वह गलत या पुराना हो सकता है: कार्ड पर Report a mistake दबाकर लिखिए कि क्या गलत है, एक व्यक्ति जाँच करेगा। तब तक आधिकारिक पेज को ही सही मानिए।",
        "Batane ke liye dhanyavad. Main wahi batata hoon jo hamari list me likha hai, aur wo galat ya purana ho sakta hai: card par Report a mistake dabakar likhiye ki kya galat hai, ek vyakti jaanch karega. Tab tak official page ko hi sahi maniye.",
    ),
    "apply_general": (
        "On the National Scholarship Portal (https://scholarships.gov.in) it goes like this: 1) One-time registration (OTR) with Aadhaar and your mobile number; keep the OTR number to yourself. 2) Sign in, fill in the application, choose the scheme. 3) Upload the papers and submit. 4) Your institute verifies it: remind them, and note the application number. Many state and private schemes have their own portal. Tell me the scheme's name and I show its page and papers.",
        "राष्ट्रीय छात्रवृत्ति पोर्टल (https://scholarships.gov.in) पर ऐसे होता है: 1) आधार और मोबाइल नंबर से एक बार का पंजीकरण (OTR); OTR नंबर किसी को मत बताइए। 2) साइन इन कर आवेदन भरिए और योजना चुनिए। 3) दस्तावेज़ अपलोड कर जमा कीजिए। 4) आपका संस्थान सत्यापन करता है: उन्हें याद दिलाइए और आवेदन संख्या लिख लीजिए। कई राज्य और निजी योजनाओं के अपने पोर्टल हैं। योजना का नाम बताइए, मैं उसका पेज और कागज़ दिखाऊँगा।",
        "National Scholarship Portal (https://scholarships.gov.in) par aise hota hai: 1) Aadhaar aur mobile number se one-time registration (OTR); OTR number kisi ko mat bataiye. 2) Sign in karke application bhariye aur scheme chuniye. 3) Documents upload karke submit kijiye. 4) Aapka institute verify karta hai: unhe yaad dilaiye aur application number likh lijiye. Kai state aur private schemes ke apne portal hain. Scheme ka naam bataiye, main uska page aur kagaz dikhaunga.",
    ),
    "not_official": (
        "We know no official page for it; this is the page the facts were read in.",
        "इसका आधिकारिक पेज हमारे पास नहीं है; यह वह पेज है जहाँ से जानकारी ली गई।",
        "Iska official page hamare paas nahi hai; ye wo page hai jahan se jaankari li gayi.",
    ),
    "several": (
        "Several schemes carry this name; which one do you mean?",
        "इस नाम की कई योजनाएँ हैं; आपका मतलब किससे है?",
        "Is naam ki kai yojanayen hain; aapka matlab kisse hai?",
    ),
    "unknown": (
        "I do not find a scheme of exactly this name in our catalogue, so I cannot confirm it. Did you mean one of these?",
        "हमारी सूची में ठीक इस नाम की योजना नहीं मिली, इसलिए मैं इसकी पुष्टि नहीं कर सकता। क्या आपका मतलब इनमें से किसी से है?",
        "Hamari list me theek is naam ki yojana nahi mili, isliye main iski pushti nahi kar sakta. Kya aapka matlab inme se kisi se hai?",
    ),
    "nothing": (
        "I do not find this in our scholarship catalogue, so I cannot confirm it. Try the scheme's name, or tell me your class, state and family income.",
        "यह हमारी छात्रवृत्ति सूची में नहीं मिला, इसलिए मैं पुष्टि नहीं कर सकता। योजना का नाम लिखिए, या अपनी कक्षा, राज्य और परिवार की आय बताइए।",
        "Ye hamari scholarship list me nahi mila, isliye main pushti nahi kar sakta. Yojana ka naam likhiye, ya apni class, rajya aur parivaar ki income bataiye.",
    ),
    "no_fit": (
        "No record in our catalogue fits all of that. Leave out one thing, for example the field or the country, and ask again.",
        "हमारी सूची में कोई योजना इन सब शर्तों पर ठीक नहीं बैठती। कोई एक बात हटाकर फिर पूछिए, जैसे विषय या देश।",
        "Hamari list me koi yojana in sab sharton par theek nahi baithti. Koi ek baat hatakar phir poochiye, jaise subject ya desh.",
    ),
    "greeting": (
        "Hello! I find scholarships that fit you, from a checked catalogue. Tell me your class or course, your home state and your family's yearly income, or type the name of a scheme.",
        "नमस्ते! मैं जाँची हुई सूची से आपके लिए ठीक छात्रवृत्तियाँ खोजता हूँ। अपनी कक्षा या कोर्स, राज्य और परिवार की सालाना आय बताइए, या किसी योजना का नाम लिखिए।",
        "Namaste! Main jaanchi hui list se aapke liye sahi scholarships dhoondhta hoon. Apni class ya course, rajya aur parivaar ki saalana income bataiye, ya kisi yojana ka naam likhiye.",
    ),
    "thanks": (
        "You are welcome. Ask me about another scheme, its last date, documents or whether you can apply.",
        "आपका स्वागत है। किसी और योजना, उसकी अंतिम तिथि, दस्तावेज़ या पात्रता के बारे में पूछिए।",
        "Aapka swagat hai. Kisi aur yojana, uski last date, documents ya eligibility ke baare me poochiye.",
    ),
    "applications_guest": (
        "To see saved applications, sign in under the Account tab. Without an account nothing is saved here.",
        "सहेजे हुए आवेदन देखने के लिए Account टैब में साइन इन कीजिए। बिना खाते के यहाँ कुछ सहेजा नहीं जाता।",
        "Saved applications dekhne ke liye Account tab me sign in kijiye. Bina account ke yahan kuch save nahi hota.",
    ),
    "applications_user": (
        "Your saved applications are in the Applications tab, with status, checklist and calendar.",
        "आपके सहेजे हुए आवेदन Applications टैब में हैं: स्थिति, चेकलिस्ट और कैलेंडर के साथ।",
        "Aapke saved applications Applications tab me hain: status, checklist aur calendar ke saath.",
    ),
    "developer": (
        "Yes: every function here is also an API. REST is described at /docs (openapi at /openapi.json), for example GET /api/scholarships/search; the same works with gradio_client and as MCP tools.",
        "हाँ: यहाँ का हर काम API से भी होता है। REST का विवरण /docs पर है, जैसे GET /api/scholarships/search; gradio_client और MCP से भी यही मिलता है।",
        "Haan: yahan ka har kaam API se bhi hota hai. REST ka vivaran /docs par hai, jaise GET /api/scholarships/search; gradio_client aur MCP se bhi yahi milta hai.",
    ),
    "distress": (
        "I am sorry that it is so hard right now; you are not alone in this. Please talk to someone today: Tele-MANAS, 14416, is free, day and night, in many Indian languages; in an emergency call 112. When you are ready, tell me your class and state, and I will look for help with fees with you.",
        "यह समय सच में बहुत मुश्किल है, मैं समझ सकता हूँ; आप अकेले नहीं हैं, हिम्मत रखिए। आज किसी से बात कीजिए: टेली-मानस 14416, मुफ़्त, दिन-रात, हिंदी में; आपात स्थिति में 112। जब मन हो, अपनी कक्षा और राज्य बताइए, हम साथ मिलकर फीस की मदद खोजेंगे।",
        "Ye samay sach me bahut mushkil hai, aap akele nahi hain, himmat rakhiye. Aaj kisi se baat kijiye: Tele-MANAS 14416, muft, din-raat, Hindi me bhi; emergency me 112. Jab mann ho, apni class aur rajya bataiye, hum saath milkar fees ki madad dhoondhenge.",
    ),
    "hardship": (
        "I am sorry; that is a hard time, and you are not alone in it. If it gets too heavy, Tele-MANAS (14416) is free, day and night. Help with fees exists; these may fit, and with your class, state and family income I can choose better:",
        "यह मुश्किल समय है, मैं समझता हूँ; आप अकेले नहीं हैं, हिम्मत रखिए। मन बहुत भारी हो तो टेली-मानस (14416) मुफ़्त है, दिन-रात। फीस के लिए मदद मिलती है; अपनी कक्षा, राज्य और परिवार की आय बताइए तो और सही चुन सकूँगा। ये देखिए:",
        "Ye mushkil samay hai, main samajhta hoon; aap akele nahi hain, himmat rakhiye. Mann bahut bhaari ho to Tele-MANAS (14416) muft hai, din-raat. Fees ke liye madad milti hai; apni class, rajya aur parivaar ki income bataiye to aur sahi chun sakunga. Ye dekhiye:",
    ),
    "fraud": (
        "I cannot help with false papers: it is a crime and ends in losing the award and more. The legal way: get a true income certificate at the tehsil or the e-District portal; if the income has fallen, apply for a new certificate. There are also awards without an income limit: ask me for those.",
        "गलत कागज़ बनवाने में मैं मदद नहीं कर सकता: यह अपराध है और छात्रवृत्ति भी जाती है। सही तरीका: तहसील या ई-डिस्ट्रिक्ट पोर्टल से सच्चा आय प्रमाण पत्र बनवाइए; आय घटी है तो नया प्रमाण पत्र लीजिए। बिना आय सीमा वाली छात्रवृत्तियाँ भी हैं, मुझसे पूछिए।",
        "Galat kagaz banwane me main madad nahi kar sakta: ye apradh hai aur scholarship bhi jaati hai. Sahi tareeka: tehsil ya e-District portal se sachcha income certificate banwaiye; income ghati hai to naya certificate lijiye. Bina income limit wali scholarships bhi hain, mujhse poochiye.",
    ),
    "scam": (
        "Be careful: real scholarships do not ask for a fee, an OTP or a PIN. Do not pay and do not share codes. Check the scheme on the official portal (https://scholarships.gov.in) and report fraud at 1930 or https://cybercrime.gov.in. Send me the scheme's name and I will tell you what our catalogue says.",
        "सावधान: असली छात्रवृत्ति फीस, OTP या PIN नहीं माँगती। पैसे मत दीजिए, कोड मत बताइए। आधिकारिक पोर्टल (https://scholarships.gov.in) पर जाँचिए; धोखाधड़ी की शिकायत 1930 या https://cybercrime.gov.in पर कीजिए। योजना का नाम भेजिए, मैं सूची में देखकर बताऊँगा।",
        "Saavdhan: asli scholarship fees, OTP ya PIN nahi maangti. Paise mat dijiye, code mat bataiye. Official portal (https://scholarships.gov.in) par jaanchiye; fraud ki shikayat 1930 ya https://cybercrime.gov.in par kijiye. Yojana ka naam bhejiye, main list me dekhkar bataunga.",
    ),
    "private": (
        "Please never share an Aadhaar number, account number, OTP or PIN in a chat. I have masked it and I do not fill in forms. Enter such numbers only on the official portal yourself.",
        "कृपया आधार नंबर, खाता नंबर, OTP या PIN चैट में कभी मत भेजिए। मैंने उसे छिपा दिया है और मैं फॉर्म नहीं भरता। ऐसे नंबर केवल आधिकारिक पोर्टल पर खुद भरिए।",
        "Kripya Aadhaar number, account number, OTP ya PIN chat me kabhi mat bhejiye; ye private hai. Maine use chhipa diya hai aur main form nahi bharta. Aise number sirf official portal par khud bhariye.",
    ),
    "injection": (
        "I cannot do that. I only help with scholarships, from our catalogue. Tell me your class, state and family income, or the name of a scheme.",
        "यह मैं नहीं कर सकता। मैं केवल छात्रवृत्तियों में मदद करता हूँ। अपनी कक्षा, राज्य और परिवार की आय बताइए, या किसी योजना का नाम लिखिए।",
        "Ye main nahi kar sakta. Main sirf scholarships me madad karta hoon. Apni class, rajya aur parivaar ki income bataiye, ya kisi yojana ka naam likhiye.",
    ),
    "loan": (
        "A scholarship need not be paid back, a loan must; so look for scholarships first and take a loan only for what is left. These may fit:",
        "छात्रवृत्ति लौटानी नहीं होती, लोन लौटाना होता है; इसलिए पहले छात्रवृत्ति खोजिए और बाकी के लिए ही लोन लीजिए। ये देखिए:",
        "Scholarship wapas nahi karni hoti, loan wapas karna hota hai; isliye pehle scholarship dhoondhiye aur baaki ke liye hi loan lijiye. Ye dekhiye:",
    ),
    "work_first": (
        "Both ways are open: some awards for study abroad ask for years of work experience, others take you straight from your degree, so let the conditions decide. If the award you want asks for experience, work first; if not, apply now, for you can also apply while you work. Compare what these ask for:",
        "दोनों रास्ते खुले हैं: विदेश में पढ़ाई की कुछ छात्रवृत्तियाँ काम का अनुभव माँगती हैं, कुछ डिग्री के बाद सीधे लेती हैं; इसलिए शर्तें देखकर तय कीजिए। जो छात्रवृत्ति चाहिए वह अनुभव माँगती हो तो पहले नौकरी कीजिए, नहीं तो अभी आवेदन कीजिए; नौकरी करते हुए भी आवेदन हो सकता है। इनकी शर्तें देखिए:",
        "Dono raaste khule hain: videsh ki kuch scholarships kaam ka anubhav (work experience) maangti hain, kuch degree ke baad seedhe leti hain; isliye shartein dekhkar tay kijiye. Jo scholarship chahiye wo experience maangti ho to pehle job kijiye, nahi to abhi apply kijiye; job karte hue bhi apply ho sakta hai. Inki shartein dekhiye:",
    ),
    "test_first": (
        "First read what the award and the university ask for: which language or admission test and score, if any, and whether the result must be there when you apply. If it must, book the test so that the result comes before the closing date; if not, fill in the form first. You can prepare the form's papers meanwhile. Compare what these ask for:",
        "पहले देखिए कि छात्रवृत्ति और विश्वविद्यालय क्या माँगते हैं: कौन सा भाषा या प्रवेश टेस्ट, कितना स्कोर, और आवेदन के समय परिणाम चाहिए या नहीं। चाहिए तो टेस्ट इतना पहले दीजिए कि परिणाम अंतिम तिथि से पहले आ जाए; नहीं तो पहले फॉर्म भरिए। तब तक फॉर्म के कागज़ जुटाइए। इनकी शर्तें देखिए:",
        "Pehle dekhiye ki scholarship aur university kya maangti hai: kaunsa language ya admission test, kitna score, aur form ke samay result chahiye ya nahi. Chahiye to test itna pehle dijiye ki result last date se pehle aa jaye; nahi to pehle form bhariye. Tab tak form ke kagaz jutaiye. Inki shartein dekhiye:",
    ),
    "payment": (
        'I am sorry that the money has not come. Do this in order: 1) Open your application on the portal where you applied and read its status. 2) Check the payment by your bank account on PFMS ("Know your payments"). 3) Ask your bank branch whether your Aadhaar is linked to this account for direct benefit transfer (DBT); most stuck payments fail there. 4) Ask the scholarship\'s nodal officer at your institute, then the district or state office, with your application number. Nobody can promise a date; keep a copy of everything you send.',
        "पैसा न आने की परेशानी समझता हूँ। इस क्रम से कीजिए: 1) जिस पोर्टल पर आवेदन किया था, वहाँ अपने आवेदन की स्थिति देखिए। 2) PFMS पर अपने बैंक खाते से भुगतान जाँचिए (Know your payments)। 3) बैंक शाखा से पूछिए कि आधार इसी खाते से DBT के लिए जुड़ा है या नहीं; ज़्यादातर भुगतान यहीं अटकते हैं। 4) आवेदन संख्या लेकर संस्थान के छात्रवृत्ति नोडल अधिकारी से, फिर ज़िला या राज्य कार्यालय से पूछिए। तारीख का वादा कोई नहीं कर सकता; जो भी भेजें उसकी प्रति रखिए।",
        "Paisa na aane ki pareshani samajhta hoon. Is kram se kijiye: 1) Jis portal par apply kiya tha, wahan apne application ka status dekhiye. 2) PFMS par apne bank account se payment jaanchiye (Know your payments). 3) Bank branch se poochiye ki Aadhaar isi account se DBT ke liye juda hai ya nahi; zyadatar payment yahin atakte hain. 4) Application number lekar institute ke scholarship nodal officer se, phir zila ya rajya office se poochiye. Date ka vaada koi nahi kar sakta; jo bhi bhejein uski copy rakhiye.",
    ),
    "status": (
        "What portals mean by a status: submitted: it waits for your institute; verified by institute: it waits for the district or state; defective or sent back: correct what the remark says and submit again before the correction closes; rejected: ask the institute for the written reason; approved: the payment file is made and goes through PFMS to your bank account linked with Aadhaar. If nothing moves, ask your institute's nodal officer first. I cannot see your application; only the portal shows it.",
        "पोर्टल पर स्थिति का मतलब: submitted: संस्थान की जाँच बाकी है; verified by institute: ज़िला या राज्य की जाँच बाकी है; defective या sent back: टिप्पणी के अनुसार सुधार कर समय रहते फिर जमा कीजिए; rejected: संस्थान से लिखित कारण पूछिए; approved: भुगतान PFMS से आधार से जुड़े खाते में जाता है। कुछ आगे न बढ़े तो पहले संस्थान के नोडल अधिकारी से पूछिए। आपका आवेदन मैं नहीं देख सकता; वह केवल पोर्टल पर दिखता है।",
        "Portal par status ka matlab: submitted: institute ki jaanch baaki hai; verified by institute: zila ya rajya ki jaanch baaki hai; defective ya sent back: remark ke hisaab se sudhaar kar samay rehte phir submit kijiye; rejected: institute se likhit kaaran poochiye; approved: payment PFMS se Aadhaar se jude account me jaata hai. Kuch aage na badhe to pehle institute ke nodal officer se poochiye. Aapka application main nahi dekh sakta; wo sirf portal par dikhta hai.",
    ),
    "save": (
        "Press Save on its card: it then stands under Applications with its last date, a checklist and a calendar with reminders. You need to be signed in (tab Account); I do not send messages myself.",
        "इसके कार्ड पर Save दबाइए: फिर यह Applications में अंतिम तिथि, चेकलिस्ट और याद दिलाने वाले कैलेंडर के साथ रहेगी। इसके लिए साइन इन करना होगा (Account टैब); मैं खुद संदेश नहीं भेजता।",
        "Iske card par Save dabaiye: phir ye Applications me last date, checklist aur reminder wale calendar ke saath rahegi. Iske liye sign in karna hoga (Account tab); main khud message nahi bhejta.",
    ),
    "plan_steps": (
        "What to do, step by step. Today: pick two or three of these and open their pages. This week: collect the papers they ask for (income, caste and domicile certificates take longest, so start with those) and link Aadhaar with your bank account. Then: fill in the form whose date is nearest, have your institute verify it, and note the application number. Save them under Applications for a calendar with reminders.",
        "क्या करें, कदम दर कदम। आज: इनमें से दो-तीन चुनकर उनके पेज खोलिए। इस सप्ताह: माँगे गए कागज़ जुटाइए (आय, जाति और निवास प्रमाण पत्र में सबसे ज़्यादा समय लगता है, पहले वही बनवाइए) और आधार को बैंक खाते से जोड़िए। फिर: जिसकी तारीख सबसे पास हो उसका फॉर्म भरिए, संस्थान से सत्यापन करवाइए और आवेदन संख्या लिख लीजिए। Applications में सहेजिए तो याद दिलाने वाला कैलेंडर मिलेगा।",
        "Kya karein, step by step. Aaj: inme se do-teen chunkar unke page kholiye. Is hafte: maange gaye kagaz jutaiye (income, caste aur domicile certificate me sabse zyada samay lagta hai, pehle wahi banwaiye) aur Aadhaar ko bank account se jodiye. Phir: jiski date sabse paas ho uska form bhariye, institute se verify karwaiye aur application number likh lijiye. Applications me save kijiye to reminder wala calendar milega.",
    ),
    "or_cgpa": (
        "The record states a limit in CGPA besides the percentage: if your marks are a CGPA, compare it with that one, for it may be enough.",
        "रिकॉर्ड में प्रतिशत के साथ CGPA की सीमा भी लिखी है: अगर आपके अंक CGPA में हैं तो उसी से मिलाइए, वह काफ़ी हो सकता है।",
        "Record me percent ke saath CGPA ki limit bhi likhi hai: agar aapke marks CGPA me hain to usi se milaiye, wo kaafi ho sakta hai.",
    ),
    "plan_named": (
        "Step by step. First days: read the whole official page, see whether the round is open, and make a list of what is still missing. This week: ask offices and teachers for the papers that others must give you (certificates, letters), for those take longest. Next weeks: write what you must write yourself and let someone read it. Last week: fill in the form, check every upload, send it some days before it closes and note the application number. Save it under Applications for a calendar with reminders.",
        "कदम दर कदम। पहले दिन: आधिकारिक पेज पूरा पढ़िए, देखिए कि आवेदन खुला है या नहीं, और जो कागज़ बाकी हैं उनकी सूची बनाइए। इस सप्ताह: जो कागज़ दूसरों से मिलते हैं (प्रमाण पत्र, पत्र) उनके लिए कार्यालय और शिक्षकों से कहिए, क्योंकि इनमें सबसे ज़्यादा समय लगता है। अगले सप्ताह: जो खुद लिखना है वह लिखिए और किसी को पढ़वाइए। आखिरी सप्ताह: फॉर्म भरिए, हर अपलोड जाँचिए, अंतिम तिथि से कुछ दिन पहले भेजिए और आवेदन संख्या लिख लीजिए। Applications में सहेजिए तो याद दिलाने वाला कैलेंडर मिलेगा।",
        "Step by step. Pehle din: official page poora padhiye, dekhiye ki form khula hai ya nahi, aur jo kagaz baaki hain unki list banaiye. Is hafte: jo kagaz doosron se milte hain (certificate, letter) unke liye office aur teachers se kahiye, inme sabse zyada samay lagta hai. Agle hafte: jo khud likhna hai wo likhiye aur kisi ko padhwaiye. Aakhri hafte: form bhariye, har upload check kijiye, last date se kuch din pehle bhejiye aur application number likh lijiye. Applications me save kijiye to reminder wala calendar milega.",
    ),
    "off_topic": (
        "That is outside of what I know: I help with scholarships only. Tell me your class, state and family income, or the name of a scheme.",
        "यह मेरे काम से बाहर है: मैं केवल छात्रवृत्तियों में मदद करता हूँ। अपनी कक्षा, राज्य और परिवार की आय बताइए, या किसी योजना का नाम लिखिए।",
        "Ye mere kaam se bahar hai: main sirf scholarships me madad karta hoon. Apni class, rajya aur parivaar ki income bataiye, ya kisi yojana ka naam likhiye.",
    ),
    "essay": (
        "A clear outline: who you are and where you come from; what you study and why; one true thing you did that shows it; what the award would make possible; what you will give back. Write it in your own true words; send me a draft and I will say what is unclear.",
        "सीधी रूपरेखा: आप कौन हैं और कहाँ से हैं; क्या पढ़ते हैं और क्यों; एक सच्चा काम जो यह दिखाए; इस मदद से क्या हो पाएगा; आगे आप क्या लौटाएँगे। अपने सच्चे शब्दों में लिखिए; मसौदा भेजिए, मैं बताऊँगा क्या साफ नहीं है।",
        "Seedhi outline: aap kaun hain aur kahan se hain; kya padhte hain aur kyun; ek sachcha kaam jo ye dikhaye; is madad se kya ho payega; aage aap kya lautayenge. Apne sachche shabdon me likhiye; draft bhejiye, main bataunga kya saaf nahi hai.",
    ),
    "letter": (
        "A letter of recommendation is written by a teacher or head who knows your work, not by you and not by me. Ask two or three weeks before the last date. Give them your mark sheets, a short list of what you did, the name of the award, and how the letter must be sent. Remind them of one thing they saw you do. Tell me the scheme and I show what its record asks for.",
        "सिफ़ारिश पत्र वे शिक्षक या प्रधानाचार्य लिखते हैं जो आपका काम जानते हैं, आप या मैं नहीं। अंतिम तिथि से दो-तीन सप्ताह पहले कहिए। उन्हें अंकपत्र, अपने कामों की छोटी सूची, छात्रवृत्ति का नाम और पत्र भेजने का तरीका दीजिए। कोई एक काम याद दिलाइए जो उन्होंने आपको करते देखा। योजना का नाम बताइए, मैं दिखाऊँगा कि उसके लिए क्या माँगा गया है।",
        "Recommendation letter wo teacher ya principal likhte hain jo aapka kaam jaante hain, aap ya main nahi. Last date se do-teen hafte pehle kahiye. Unhe marksheet, apne kaamon ki chhoti list, scholarship ka naam aur letter bhejne ka tareeka dijiye. Koi ek kaam yaad dilaiye jo unhone aapko karte dekha. Scheme ka naam bataiye, main dikhaunga ki uske liye kya maanga gaya hai.",
    ),
    "essay_yours": (
        "You wrote: “{words}”. Build on the facts in it: for each, say where and when, what you did, and what changed. I add none of my own. Begin with the one that only you can tell.",
        "आपने लिखा: “{words}”। इसी की बातों पर लिखिए: हर बात के लिए कहाँ और कब हुई, आपने क्या किया और क्या बदला। मैं अपनी ओर से कुछ नहीं जोड़ता। शुरुआत उस बात से कीजिए जो केवल आप बता सकते हैं।",
        "Aapne likha: “{words}”. Isi ki baaton par likhiye: har baat kahan aur kab hui, aapne kya kiya aur kya badla. Main apni taraf se kuch nahi jodta. Shuruaat us baat se kijiye jo sirf aap bata sakte hain.",
    ),
    "essay_intro": (
        "I read your draft for what can be counted; whether it is true only you know. What I would change:",
        "मैंने आपका मसौदा उन बातों के लिए पढ़ा जो गिनी जा सकती हैं; सच क्या है, यह आप ही जानते हैं। मैं यह बदलता:",
        "Maine aapka draft un baaton ke liye padha jo gini ja sakti hain; sach kya hai, ye aap hi jaante hain. Main ye badalta:",
    ),
    "essay_too_short": (
        "It is short: most committees expect about a page. Add one thing that you did, told with place and time.",
        "यह छोटा है: ज़्यादातर समितियाँ लगभग एक पेज चाहती हैं। अपना किया एक काम जगह और समय के साथ जोड़िए।",
        "Ye chhota hai: zyadatar committees lagbhag ek page chahti hain. Apna kiya ek kaam jagah aur samay ke saath jodiye.",
    ),
    "essay_too_long": (
        "It is long: check the limit on the official page, and cut what does not answer the question asked.",
        "यह लंबा है: आधिकारिक पेज पर सीमा देखिए और जो पूछे गए सवाल का जवाब नहीं, उसे हटाइए।",
        "Ye lamba hai: official page par limit dekhiye aur jo pooche gaye sawal ka jawab nahi, use hataiye.",
    ),
    "essay_no_happening": (
        "No concrete happening: tell one moment (when, where, what you did) instead of qualities.",
        "कोई ठोस घटना नहीं: गुण गिनाने के बजाय एक पल बताइए (कब, कहाँ, आपने क्या किया)।",
        "Koi thos ghatna nahi: gun ginane ke bajay ek pal bataiye (kab, kahan, aapne kya kiya).",
    ),
    "essay_no_reasons": (
        "No reasons: say why you chose this course, in one sentence with 'because'.",
        "कारण नहीं लिखा: यह कोर्स क्यों चुना, एक वाक्य में बताइए।",
        "Kaaran nahi likha: ye course kyun chuna, ek sentence me bataiye.",
    ),
    "essay_no_plans": (
        "No plan: say what you will do in the years after this course.",
        "आगे की योजना नहीं: इस कोर्स के बाद क्या करेंगे, लिखिए।",
        "Aage ki yojana nahi: is course ke baad kya karenge, likhiye.",
    ),
    "essay_no_award": (
        "Nothing on the award: say what exactly it would pay for and what that makes possible.",
        "इस मदद का ज़िक्र नहीं: इससे ठीक-ठीक क्या होगा, लिखिए।",
        "Is madad ka zikr nahi: isse theek-theek kya hoga, likhiye.",
    ),
    "essay_long_sentences": (
        "Some sentences are very long: break them in two; read the text aloud once.",
        "कुछ वाक्य बहुत लंबे हैं: उन्हें दो में बाँटिए; एक बार ज़ोर से पढ़िए।",
        "Kuch sentences bahut lambe hain: unhe do me baantiye; ek baar zor se padhiye.",
    ),
    "essay_worn": (
        "Worn-out phrases (such as 'passionate', 'since childhood', 'esteemed'): put the fact in their place.",
        "घिसे-पिटे शब्द (जैसे passionate, since childhood, esteemed): उनकी जगह तथ्य लिखिए।",
        "Ghise-pite shabd (jaise passionate, since childhood, esteemed): unki jagah tathya likhiye.",
    ),
    "essay_sound": (
        "Length, a concrete happening, reasons, plans and the award are all there. Have a teacher read it once for grammar.",
        "लंबाई, ठोस घटना, कारण, योजना और इस मदद की बात, सब है। व्याकरण के लिए किसी शिक्षक से एक बार पढ़वाइए।",
        "Lambai, thos ghatna, kaaran, yojana aur is madad ki baat, sab hai. Grammar ke liye kisi teacher se ek baar padhwaiye.",
    ),
    "compare_intro": ("Side by side:", "दोनों को साथ देखिए:", "Dono ko saath dekhiye:"),
    "check": (
        "Check it on the page before you apply.",
        "आवेदन करने से पहले यह बात उस पेज पर एक बार ज़रूर जाँच लीजिए।",
        "Apply karne se pehle ye baat us page par ek baar zaroor check kar lijiye.",
    ),
    "sug_deadline": ("What is the last date?", "अंतिम तिथि क्या है?", "Iski last date kya hai?"),
    "sug_documents": ("Which documents do I need?", "कौन-से दस्तावेज़ चाहिए?", "Kaunse documents chahiye?"),
    "sug_apply": ("How do I apply?", "आवेदन कैसे करें?", "Apply kaise kare?"),
    "sug_eligible": ("Am I eligible?", "क्या मैं पात्र हूँ?", "Kya main eligible hu?"),
    "sug_open": ("Which ones are open now?", "अभी कौन सी खुली है?", "Abhi open hai kaunsi?"),
    "sug_first": ("Tell me more about the 1st one", "1st वाली के बारे में बताइए", "1st wali ke baare me batao"),
    "sug_compare": ("Compare these", "इनकी तुलना कीजिए", "Inka compare karo"),
    "sug_plan": ("Make a plan for the next 30 days", "अगले 30 दिनों का प्लान बनाइए", "Agle 30 din ka plan banao"),
    "sug_draft": (
        "What makes a good statement of purpose?",
        "अच्छा उद्देश्य-पत्र (SOP) कैसा होता है?",
        "Achha SOP kaisa hota hai?",
    ),
    "sug_girls": (
        "Scholarships for girls in class 12",
        "बारहवीं की लड़कियों के लिए छात्रवृत्ति",
        "12th ki ladkiyon ke liye scholarship",
    ),
    "sug_engineering": (
        "Show me scholarships for engineering",
        "इंजीनियरिंग के लिए छात्रवृत्ति दिखाओ",
        "Engineering ke liye scholarship dikhao",
    ),
}

RULE_NAMES: dict[str, tuple[str, str, str]] = {
    "level": ("class or course", "कक्षा या कोर्स", "class ya course"),
    "field": ("field of study", "विषय", "subject"),
    "gender": ("gender", "लिंग", "gender"),
    "citizenship": ("citizenship", "नागरिकता", "nagrikta"),
    "state": ("home state", "गृह राज्य", "home state"),
    "studyIn": ("country of study", "पढ़ाई का देश", "padhai ka desh"),
    "socialGroup": ("social group", "सामाजिक वर्ग", "category"),
    "disability": ("disability", "दिव्यांगता", "disability"),
    "marks": ("marks", "अंक", "marks"),
    "income": ("family income", "परिवार की आय", "parivaar ki income"),
    "age": ("age", "आयु", "umar"),
}

MONTH_NAMES: dict[str, tuple[str, ...]] = {
    "hi": ("जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"),
}


def phrase(key: str, language: str, **facts: str) -> str:
    """The sentence `key` in `language` (en, hi or hinglish) with the facts filled in."""
    return PHRASES[key][LANGUAGES.index(language)].format(**facts)


def rule_name(rule: str, language: str) -> str:
    """The name of an eligibility rule for people."""
    return RULE_NAMES[rule][LANGUAGES.index(language)]
