"""What the demonstration firm guards: invented clients, sites, contracts, needs."""

EVERY_DAY = "0123456"
WORKING_DAYS = "01234"
MONDAY_TO_SATURDAY = "012345"

# key: (name, street, zip, city, SIRET). No real one starts with 0.
CLIENTS = {
    "stadium": (
        "Arènes de la Plaine SAS",
        "3 esplanade des Tribunes",
        "93210",
        "Saint-Denis",
        "01834275800010",
    ),
    "mall": (
        "Foncière des Halles",
        "18 rue du Marché couvert",
        "93100",
        "Montreuil",
        "02751946100019",
    ),
    "hospital": (
        "Centre hospitalier Sainte-Odile",
        "1 avenue des Tilleuls",
        "94000",
        "Créteil",
        "03628419800011",
    ),
    "office": (
        "Immobilière Horizon",
        "40 parvis des Ondes",
        "92400",
        "Courbevoie",
        "04195738200017",
    ),
    "builder": (
        "Bâtisseurs du Nord",
        "77 route des Carrières",
        "95500",
        "Gonesse",
        "05263817800013",
    ),
    "data": (
        "NordData Hébergement",
        "5 rue des Serveurs",
        "93120",
        "La Courneuve",
        "06417382600013",
    ),
}

# key: (client, name, street, zip, city)
SITES = {
    "stadium": (
        "stadium",
        "Stade de la Plaine",
        "3 esplanade des Tribunes",
        "93210",
        "Saint-Denis",
    ),
    "mall": (
        "mall",
        "Centre commercial Les Arcades",
        "2 place des Arcades",
        "93160",
        "Noisy-le-Grand",
    ),
    "retail": (
        "mall",
        "Parc commercial de la Croix",
        "14 chemin de la Croix",
        "77600",
        "Bussy-Saint-Georges",
    ),
    "hospital": (
        "hospital",
        "Hôpital Sainte-Odile",
        "1 avenue des Tilleuls",
        "94000",
        "Créteil",
    ),
    "tower": (
        "office",
        "Tour Horizon",
        "40 parvis des Ondes",
        "92400",
        "Courbevoie",
    ),
    "campus": (
        "office",
        "Campus Les Méridiens",
        "9 allée des Méridiens",
        "92500",
        "Rueil-Malmaison",
    ),
    "works": (
        "builder",
        "Chantier de la gare Nord-Est",
        "120 rue des Ateliers",
        "93300",
        "Aubervilliers",
    ),
    "depot": (
        "builder",
        "Dépôt matériel de Gonesse",
        "77 route des Carrières",
        "95500",
        "Gonesse",
    ),
    "data": (
        "data",
        "Centre de données ND-2",
        "5 rue des Serveurs",
        "93120",
        "La Courneuve",
    ),
}

# key: (name, code, code of the activity, list price); "ads" is the own product
PRODUCTS = {
    "ssiap1": ("Agent de sécurité incendie SSIAP 1", "SEC-SSIAP1", "SH", 26.5),
    "ssiap2": ("Chef d'équipe SSIAP 2", "SEC-SSIAP2", "SH", 30.5),
    "dog": ("Agent cynophile", "SEC-CYNO", "CYNO", 29.0),
    "event": ("Agent évènementiel", "SEC-EVENT", "SGE", 27.5),
    "chief": ("Chef de poste", "SEC-CHIEF", "SH", 32.0),
}

# Jobs of the guards that hold the posts of a product, the first choice first.
JOBS_OF_PRODUCT = {
    "ads": ("ads", "chief", "event"),
    "ssiap1": ("ssiap1", "ssiap2"),
    "ssiap2": ("ssiap2",),
    "dog": ("dog",),
    "event": ("event", "ads", "chief"),
    "chief": ("chief", "ads"),
}

# client: [(site, product, price, post, [(weekdays, start, duration, head-count)])]
CONTRACTS = {
    "stadium": [
        (
            "stadium",
            "event",
            27.5,
            "Filtrage des tribunes",
            [("2", 18, 5, 4), ("4", 18, 6, 5), ("5", 16, 8, 8), ("6", 13, 6, 6)],
        ),
        ("stadium", "chief", 32, "PC matchs", [("5", 15, 9, 1), ("6", 12, 7, 1)]),
    ],
    "mall": [
        (
            "mall",
            "ads",
            23.5,
            "Galerie marchande",
            [(MONDAY_TO_SATURDAY, 10, 10, 1), ("45", 14, 6, 1)],
        ),
        (
            "mall",
            "ssiap1",
            26.5,
            "PC incendie",
            [(MONDAY_TO_SATURDAY, 9, 6, 1), (MONDAY_TO_SATURDAY, 15, 6, 1)],
        ),
        ("retail", "ads", 23.2, "Ronde des parkings", [("45", 14, 6, 1)]),
    ],
    "hospital": [
        (
            "hospital",
            "ads",
            24.8,
            "Accueil des urgences",
            [(EVERY_DAY, 6, 8, 1), (EVERY_DAY, 14, 8, 1), (EVERY_DAY, 22, 8, 1)],
        ),
        (
            "hospital",
            "ssiap1",
            26.8,
            "Sécurité incendie",
            [(EVERY_DAY, 7, 12, 1), (EVERY_DAY, 19, 12, 1)],
        ),
        (
            "hospital",
            "ssiap2",
            30.5,
            "Chef d'équipe incendie",
            [(WORKING_DAYS, 7, 12, 1)],
        ),
        # Its needs are dated: the shift that the guard's login clocks on.
        ("hospital", "ads", 26, "Renfort ponctuel", []),
    ],
    "office": [
        (
            "tower",
            "ads",
            24.5,
            "Accueil et filtrage",
            [(WORKING_DAYS, 7.5, 6, 1), (WORKING_DAYS, 13.5, 6, 1)],
        ),
        ("tower", "ssiap1", 27, "Sécurité incendie", [(WORKING_DAYS, 8.5, 10, 1)]),
        ("campus", "ads", 24, "Fermeture du campus", [(WORKING_DAYS, 18, 5, 1)]),
    ],
    "builder": [
        ("works", "dog", 29, "Ronde cynophile de nuit", [(EVERY_DAY, 19, 12, 1)]),
        ("depot", "dog", 28.5, "Garde de nuit du dépôt", [(EVERY_DAY, 20, 10, 1)]),
    ],
    "data": [
        (
            "data",
            "ads",
            25.6,
            "Poste central 24 h/24",
            [(EVERY_DAY, 7, 8, 1), (EVERY_DAY, 15, 8, 1), (EVERY_DAY, 23, 8, 1)],
        ),
    ],
}

# The three-day event: [(site, product, price, post, [(day, start, duration, heads)])]
EVENT_CLIENT = "stadium"
EVENT_NAME = "Festival Lumières de la Plaine"
EVENT_DAYS = 3
EVENT_IN_DAYS = 4
EVENT = [
    (
        "stadium",
        "event",
        28.5,
        "Festival - porte Nord",
        [(0, 15, 9, 5), (1, 14, 10, 6), (2, 14, 9, 6)],
    ),
    (
        "stadium",
        "event",
        28.5,
        "Festival - porte Sud",
        [(0, 15, 9, 3), (1, 14, 10, 4), (2, 14, 9, 3)],
    ),
    (
        "stadium",
        "chief",
        32,
        "Festival - PC organisation",
        [(0, 14, 10.5, 1), (1, 13, 11.5, 1), (2, 13, 10.5, 1)],
    ),
    (
        "stadium",
        "dog",
        31,
        "Festival - nuit du matériel",
        [(0, 22, 9, 1), (1, 22, 9, 1)],
    ),
]

# A quotation that waits for the client's answer.
QUOTATION_CLIENT = "mall"
QUOTATION = [("mall", "ads", 25.5, "Renfort de fin d'année", 320)]
