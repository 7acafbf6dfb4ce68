"""Words for the slots that are neither people nor employers."""

_MONTHS = "januar februar marts april maj juni juli august september oktober november december"
MONTHS = tuple(_MONTHS.split())
MAIL_HOSTS = ("mail.example", "post.example", "hjemme.example", "jubii.example", "webmail.example")
FUNDS = ("PKA", "PenSam", "Sampension", "Lærernes Pension", "PBU", "PFA", "JØP", "PensionDanmark", "P+")
SCHOOLS = (
    "Professionshøjskolen UCN",
    "Professionshøjskolen VIA",
    "Professionshøjskolen Absalon",
    "UC Syddanmark",
    "UCL Erhvervsakademi og Professionshøjskole",
    "SOSU Nord",
    "Social- & SundhedsSkolen",
    "ZBC",
    "Tradium",
    "Københavns Universitet",
    "Aarhus Universitet",
)
OLD_SCHOOLS = (
    "Hjørring Seminarium",
    "Børnehaveseminariet",
    "Jelling Statsseminarium",
    "Amtssygeplejeskolen",
    "Social- og Sundhedsskolen",
    "Handelsskolen",
    "Teknisk Skole",
    "Den Sociale Højskole",
    "Handelshøjskolen",
)
SUBJECTS = (
    "Dansk",
    "Matematik",
    "Engelsk",
    "Pædagogik",
    "Psykologi",
    "Anatomi og fysiologi",
    "Farmakologi",
    "Naturfag",
    "Samfundsfag",
    "Musik",
    "Idræt",
    "Sundhedsfag",
    "Kommunikation",
    "Videnskabsteori",
    "Praktik",
    "Bachelorprojekt",
    "Økonomi",
    "Jura",
)
COURSES = (
    "Førstehjælp ved hjertestop",
    "Forflytningsteknik",
    "Medicinhåndtering",
    "Fødevarehygiejne og egenkontrol",
    "Konflikthåndtering",
    "Demens - omsorg og aktiviteter",
    "Arbejdsmiljøuddannelsen",
    "Vejen som arbejdsplads",
    "Excel for øvede",
    "Neuropædagogik",
    "Praktikvejleder",
    "Offentlighedsloven i praksis",
    "Tegn til tale",
    "Varme arbejder",
    "Palliativ indsats",
    "ICDP",
)
PROVIDERS = (
    "Dansk Førstehjælp & Brand",
    "COK",
    "AMU Nordvest",
    "SOSU-kurser",
    "Kursuscenter Syd",
    "KL's Akademi",
    "VUC",
    "Komponent",
    "Falsled Kursusgård",
    "FOA Akademi",
)
CLINICS = ("Lægerne i Centrum", "Lægehuset", "Lægeklinikken Torvet", "Lægefællesskabet", "Lægecenter Nord")
FIRMS = (
    "Brdr. Toft A/S",
    "Nordkyst Rengøring ApS",
    "Vestfrugt Supermarked",
    "Bøgely Plejecenter I/S",
    "Møllebageriet",
    "Klintby Vikarservice",
    "Granbæk Sparekasse",
    "Tømrermester Holm ApS",
    "Fjordens Transport A/S",
    "Privathospitalet Østerå",
    "Restaurant Strandkanten",
    "Børnegården Fribo",
)
