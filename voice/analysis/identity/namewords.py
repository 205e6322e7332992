"""The words around a name that show that it is one."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


SURE_TITLES = _words("mr mrs ms miss mx dr doctor prof professor cllr councillor sgt sergeant")
NAMED_NEXT = _words("mr mrs")  # nothing but a name follows: "mr smiths class"
SHORT_TITLES = _words("mr mrs ms dr prof cllr sgt rev insp")
TITLES = SURE_TITLES | _words(
    "pc dc ds di pcso inspector constable officer rev reverend father sister nurse sir dame lord"
    " lady auntie aunty aunt uncle nan nana nanny gran granny grandad grandpa grandma imam coach"
    " judge midwife matron"
)
TITLES_TAKEN = TITLES - _words("pc dc ds di pcso inspector constable officer sister nan nana nanny")
TITLES_TAKEN -= _words("gran granny grandad grandpa grandma coach judge father nurse uncle aunt")
NAME_NOUNS = _words("name names surname nickname")
NAMING = _words("called named")
I_AM = _words("i'm im i’m")
GREETINGS = _words("hi hello hey hiya yo")
SIGNING = _words("from thanks regards sincerely faithfully love cheers wishes signed ty by")
THANKING = _words("thank thanks ask asked tell told ty saw see met spoke visited hate dear")
PERSON_PREPOSITIONS = _words("by with to from and told tell asked ask thank thanks about for is")
RELATIONS = _words(
    "friend friends mate mates bestie brother brothers sister sisters son daughter cousin cousins"
    " uncle aunt auntie aunty nan nana gran granny grandad grandma grandpa mum dad mother father"
    " stepdad stepmum stepbrother stepsister carer carers boyfriend girlfriend bf gf husband wife"
    " partner ex worker keyworker teacher tutor counsellor therapist nurse doctor coach advocate"
    " boy girl lad man woman child baby nephew niece grandson granddaughter neighbour manager"
    " solicitor officer driver escort midwife visitor twin twins bro sis kid kids bully leader"
)
OWNERS = _words("my our his her their your")
JOINTS = _words("and & ,")
SENTENCE_ENDS = frozenset((".", "!", "?", "\n"))
AUXILIARY = _words("not be have never always come go get do still also say tell help then")
AFTER_A_NAME = _words(
    ", . ! ? ; : ) & and or but is was were has had said says told tells hit hits btw who because"
    " cos when does did lol n x xx from at he she keeps rang shouts pushed comes came went goes"
)
PERSON_VERBS = _words(
    "said says told tells helped helps hit hits punched kicked pushed rang phoned called shouted"
    " shouts comes came goes went gave gives lives lived knows knew thinks likes loves hates wants"
    " wanted asked asks keeps kept took takes made makes let lets bullied bullies follows followed"
    " touched touches threatened laughed laughs cried crying cries left visited visits listens"
    " listened answered never didn't didnt doesn't doesnt won't wont wasn't wasnt always works"
    " worked runs ran drives drove teaches taught translated pulled pulls stole steals plays"
    " promised explained understood explains who"
)
SPEAKING = _words("said says told tells hit hits punched kicked bullied rang who and")
AFTER_IS = _words(
    "my his her our their a an the in at on so very really kind lovely nice great good brilliant"
    " funny mean horrible rude helpful always never crying upset scared poorly ill deaf autistic"
    " coming leaving moving sad happy annoying amazing the best sick being"
)
AFTER_IS -= _words("a an the on at so very really always")
WORKPLACES = _words(
    "reception early the victim social barnardos school office youth council camhs connexions"
    " nspcc childline yos"
)
MONTHS = _words("january february march april may june july august september october november")
DATE_CUES = _words(
    "in since by until till before after during from last next this early late mid of on every"
    " for between and"
)
PLACE_CUES = _words("in at near to around from through via of on the a an our your this")
NOT_A_SURNAME = _words(
    "i and said says told is was has the a at in on from my you will can would should did does"
    " thanks please monday tuesday wednesday thursday friday saturday sunday year council school"
    " nhs tv pe gp camhs mum dad"
)
PLACE_ENDINGS = _words(
    "street road lane avenue close drive way crescent court gardens grove place terrace hill park"
    " square primary school academy college junior infant infants secondary grammar combined high"
    " library hospital surgery centre center hall house church ward estate wood common green field"
    " bridge station farm pub hotel inn shop stores market county airport university roundabout"
    " trust team unit service services department cup united city town rovers fc bank day sponge"
    " bush tree ambulance report review act plan"
)
KNOWN_PAIRS = frozenset(
    (
        "harry potter", "victoria sponge", "mr whippy", "father christmas", "santa claus",
        "chelsea's choice", "chelsea choice", "st john", "john lewis", "jack wills", "ben nevis",
        "max speed", "ted baker", "sir or", "mr men", "mrs brown", "peter rabbit", "sara lee",
        "dr who", "doctor who", "mario kart", "tony hawk", "jamie oliver", "marcus rashford",
        "romeo and", "anne frank", "roald dahl", "david walliams", "taylor swift", "ed sheeran",
        "justin bieber", "ariana grande", "jeremy corbyn", "theresa may", "david cameron",
        "christmas day", "uncle sam", "big ben", "miss out", "miss it", "miss my", "miss the",
    )
)  # fmt: skip
NEVER = _words(
    "i im i'm my me you he she it we they the a an and or but if so mum dad nan nana gran mummy"
    " daddy sir miss mr mrs ms dr madam hello hi dear thanks everyone nobody somebody god lol omg"
    " school teacher english maths french german polish police council internet wifi christmas"
    " easter mcdonald mcdonalds english not very is are was were be been no yes ok none nothing"
    " childline nspcc nhs pshe camhs mash gp sen send ehcp hmip covid ofsted bucks uk gb usa eu"
)
