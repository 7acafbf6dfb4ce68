"""Word lists for invented people: first names by sex, surnames, names from abroad, streets, towns."""

_WOMEN = """Anne Kirsten Mette Hanne Anna Helle Susanne Lene Marianne Inge Karen Lone Camilla Maria
Charlotte Pia Louise Gitte Birthe Tina Jette Inger Ida Annette Julie Emma Bente Ulla Heidi Else Ellen Dorthe
Christina Laura Birgit Sofie Sara Lis Katrine Trine Grethe Rikke Vibeke Ingrid Sanne Jytte Freja Mathilde
Caroline Tove Josefine Merete Ann Rita Amalie Marie Maja Britt Winnie Clara Signe Line Malene Nanna Frida
Alberte Vigdis Åse Solvej Sidsel Karina Bodil Astrid Aase Lærke Bjørg Asta Dagny Ea Esther Gerda Gudrun
Henriette Irene Jane Kamille Lisbeth Margrethe Nina Olga Pernille Ragnhild Sine Tenna Yrsa Anne-Marie
Anne-Mette Eva-Lotte Karen-Margrethe Lise-Lotte Ane Bolette Cecilie Ditte Elin Gry Hella Jonna Kaja"""
_MEN = """Peter Michael Jens Lars Thomas Henrik Søren Christian Martin Jan Niels Anders Morten Jesper Hans
Mads Jørgen Rasmus Per Ole Kim Mikkel Erik Kristian Poul Steen Carsten Flemming Bent Brian Frederik Emil
Magnus Mathias Claus Torben Jakob Kurt Jonas Simon Allan Leif Alexander William Daniel Bo Finn Sebastian
Svend Knud Bjarne Kasper Nicolai Oliver John Kaj Kenneth Lasse Rene Dennis Gunnar Tommy Arne Ib Aage Åge
Ejner Holger Uffe Troels Asger Bertil Bjørn Esben Gorm Hjalmar Ivan Jeppe Karl-Emil Hans-Henrik Jens-Peter
Kjeld Laurits Malthe Nikolaj Oskar Palle Ruben Sigurd Tage Ulrik Valdemar Viggo Ørjan"""
_SURNAMES = """Jensen Nielsen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen
Petersen Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jacobsen
Jakobsen Mikkelsen Olesen Frederiksen Laursen Henriksen Lund Holm Schmidt Eriksen Kristiansen Simonsen
Clausen Svendsen Andreasen Iversen Jeppesen Mogensen Jespersen Nissen Lauridsen Frandsen Østergaard Jepsen
Carlsen Kjær Vestergaard Nørgaard Dahl Bach Friis Skov Bertelsen Bruun Lassen Gregersen Bonde Dam Lorentzen
Toft Bay Kruse Kjeldsen Søgaard Winther Krogh Bang Aagaard Ravn Hald Bech Buch Damgaard Overgaard Villadsen
Ludvigsen Berg Brandt Juhl Koch Bisgaard Munk Hedegaard Thygesen Ottosen Mathiesen Juul Lind Bjerregaard
Dalsgaard Ærø Åkjær Højbjerg Ågård Sønderby Vognsen Tranberg Stokholm Hvidtfeldt Gadegaard Elkjær Fjeldsted
Ipsen Kofoed Marcher"""
_FOREIGN_WOMEN = """Fatima Aisha Zahra Maryam Leila Hodan Amina Olena Natalia Svetlana Agnieszka Katarzyna
Ewa Małgorzata Ngoc Thi-Lan Siriporn Rosario Maricel Priya Ayşe Emine Zeynep Nasrin Shirin Ifrah Beatriz
Ioana Elena Jasna Mirjana Guðrún Kristín"""
_FOREIGN_MEN = """Mohamed Ahmed Ali Hassan Yusuf Ibrahim Omar Abdi Oleksandr Dmytro Andrij Piotr Krzysztof
Tomasz Minh Van-Duc Somchai Jose Rajesh Arun Mehmet Mustafa Emre Reza Behrouz Abdullahi João Radu Florin
Zoran Dragan Jón Þór Sergei Vytautas"""
_FOREIGN_SURNAMES = """Hussein Al-Hamdani Yılmaz Öztürk Demir Kaya Nguyen Tran Pham Kowalski Nowak
Wiśniewska Shevchenko Kovalenko Bondarenko Mohamud Warsame Abdi Haidari Ahmadi Rahimi Petrović Jovanović
Hadžić Ionescu Popescu Dela-Cruz Reyes Singh Sharma Khan Malik Chowdhury Ferreira Silva Guðmundsdóttir
Jónsson Müller Schröder García El-Khatib Ben-Said"""
_STREETS = """Solsortevej Lærkevænget Møllegade Kirkebakken Skolevej Stationsvej Æblehaven Ågade Østre-Allé
Nørregade Bøgebakken Egevænget Havnegade Rolighedsvej Birkevej Tjørnestien Bakkedraget Engvej Hasselvej
Ringvejen Søndergade Åbrinken Vestergade Præstemarken Toftevej Kløvervænget Fasanvej Mosevej Skovbrynet
Teglværksvej Gl.-Landevej Lyngbakken Højgårdsparken"""
_TOWNS = """Aldrup Bøgelund Egesø Fjelsted-Mark Hvidkilde Klintby Mølledam Nørrestrand Ravnsø Skovlunde-Nord
Sønderå Tranemose Vesterlund Østerklit Åhuse Dybvad-Øst Lyngborg Kærstrup Birkesø Granbæk"""

WOMEN = tuple(_WOMEN.split())
MEN = tuple(_MEN.split())
SURNAMES = tuple(_SURNAMES.split())
STREETS = tuple(name.replace("-", " ") for name in _STREETS.split())
TOWNS = tuple(name.replace("-", " ") for name in _TOWNS.split())
FOREIGN_WOMEN = tuple(_FOREIGN_WOMEN.split())
FOREIGN_MEN = tuple(_FOREIGN_MEN.split())
FOREIGN_SURNAMES = tuple(name.replace("Dela-Cruz", "Dela Cruz") for name in _FOREIGN_SURNAMES.split())

# ISO code, Danish adjective as forms print it.
FREE = (
    ("SE", "svensk"),
    ("NO", "norsk"),
    ("DE", "tysk"),
    ("PL", "polsk"),
    ("RO", "rumænsk"),
    ("LT", "litauisk"),
)
THIRD = (
    ("UA", "ukrainsk"),
    ("TR", "tyrkisk"),
    ("VN", "vietnamesisk"),
    ("PH", "filippinsk"),
    ("SO", "somalisk"),
    ("IN", "indisk"),
    ("IR", "iransk"),
    ("BA", "bosnisk"),
    ("TH", "thailandsk"),
    ("US", "amerikansk"),
)
