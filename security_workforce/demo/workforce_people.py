"""Invented people of the demonstration firm: 40 guards, by team."""

FIRM = {
    "name": "Sentinelle Sécurité",
    "street": "24 rue de la Vigie",
    "zip": "93200",
    "city": "Saint-Denis",
    "phone": "+33 1 99 00 24 24",
    "email": "contact@sentinelle-securite.example",
    "website": "https://www.sentinelle-securite.example",
    "security_authorisation_number": "AUT-093-2125-03-12-20260000042",
}
DOMAIN = "sentinelle-securite.example"

# login: (name, security groups and others of the modules this one depends on)
USERS = {
    "planner": ("Claire Vasseur", ["security_workforce.group_security_planner"]),
    "hr": (
        "Samira Belkacem",
        [
            "hr.group_hr_user",
            "security_workforce.group_security_credential_officer",
        ],
    ),
    "operator": ("Yann Le Goff", ["security_workforce.group_security_operator"]),
    "gate": ("Inès Moreira", ["security_workforce.group_security_access_officer"]),
    "accountant": ("Hélène Fabre", ["security_workforce.group_security_user"]),
    "compliance": (
        "Olivier Dumas",
        ["security_workforce.group_security_compliance_officer"],
    ),
}
PORTAL_USERS = {"guard": "Mehdi Lambert", "client": "Sophie Arnaud"}

JOBS = {
    "ads": "Agent de sécurité (ADS)",
    "chief": "Chef d'équipe",
    "ssiap1": "Agent SSIAP 1",
    "ssiap2": "Chef d'équipe SSIAP 2",
    "dog": "Agent cynophile",
    "event": "Agent évènementiel",
}

# team: [(job, activities of the cards, names)]
TEAMS = {
    "Surveillance": [
        (
            "ads",
            ["SH"],
            [
                "Mehdi Lambert",
                "Awa Diallo",
                "Julien Perrin",
                "Fatou Ndiaye",
                "Thomas Girard",
                "Nadia Cherif",
                "Kevin Rousseau",
                "Ibrahim Sissoko",
                "Laura Fontaine",
                "Rachid Amrani",
                "Steeve Marie-Sainte",
                "Olga Kowalski",
                "Bruno Teixeira",
            ],
        ),
        ("chief", ["SH"], ["Patrice Hoarau", "Karima Bensaïd", "David Muller"]),
    ],
    "SSIAP équipe A": [
        ("ssiap2", ["SH"], ["Franck Delmas"]),
        (
            "ssiap1",
            ["SH"],
            ["Mamadou Keita", "Élodie Renard", "Sofiane Haddad", "Marc Antoine Pierre"],
        ),
    ],
    "SSIAP équipe B": [
        ("ssiap2", ["SH"], ["Sandrine Caillou"]),
        (
            "ssiap1",
            ["SH"],
            ["Youssef Mansouri", "Cédric Blanchard", "Aminata Traoré", "Dragan Petrov"],
        ),
    ],
    "Équipe cynophile": [
        (
            "dog",
            ["CYNO", "SH"],
            [
                "Gaëlle Morvan",
                "Ludovic Carpentier",
                "Joao Ferreira",
                "Vanessa Kuntz",
                "Moussa Camara",
            ],
        ),
    ],
    "Équipe évènementielle": [
        ("event", ["SH"], ["Chloé Bertin", "Adama Coulibaly", "Romain Leclercq"]),
        (
            "event",
            ["SGE"],
            [
                "Maëlys Rivière",
                "Enzo Martinelli",
                "Priscilla Nguema",
                "Arthur Delaunay",
                "Thi Mai Pham",
                "Samuel Okoye",
            ],
        ),
    ],
}

# Guards whose cards are not simply valid: what happened to them.
STORIES = {
    "Julien Perrin": "to_renew",
    "Laura Fontaine": "to_renew",
    "Sofiane Haddad": "to_renew",
    "Vanessa Kuntz": "to_renew",
    "Priscilla Nguema": "to_renew",
    "Kevin Rousseau": "expired",
    "Arthur Delaunay": "expired",
    "Bruno Teixeira": "suspended",
    "Cédric Blanchard": "receipt",
    "Thi Mai Pham": "draft",
}
