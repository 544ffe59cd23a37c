"""What the files of the demonstration's guards hold, by job, and who is late."""

# job (key of JOBS): codes of the qualifications
QUALIFICATIONS = {
    "ads": ["TFP-APS", "SST"],
    "chief": ["TFP-APS", "SST", "H0B0"],
    "ssiap1": ["TFP-APS", "SSIAP1", "SST", "H0B0"],
    "ssiap2": ["TFP-APS", "SSIAP1", "SSIAP2", "SST", "H0B0"],
    "dog": ["TFP-APS", "TFP-ASC", "SST"],
    "event": ["CQP-PSGE", "SST"],
}
# (guard, code): days from today to the last day of validity
ENDS = {
    ("Élodie Renard", "SSIAP1"): 40,
    ("Awa Diallo", "SST"): 22,
    ("Karima Bensaïd", "H0B0"): 75,
    ("Dragan Petrov", "SST"): -12,
}
# (guard, code) of the certificates that nobody has verified yet
UNVERIFIED = {("Romain Leclercq", "CQP-PSGE"), ("Ludovic Carpentier", "SST")}
# handler: (dog, breed)
DOGS = {
    "Gaëlle Morvan": ("Iska", "Berger belge malinois"),
    "Ludovic Carpentier": ("Onyx", "Berger allemand"),
    "Joao Ferreira": ("Rafale", "Berger belge malinois"),
    "Vanessa Kuntz": ("Nova", "Berger hollandais"),
    "Moussa Camara": ("Pampa", "Berger belge malinois"),
}
# The handler whose dog's vaccine ends soon.
VACCINE_DUE = "Joao Ferreira"
# Guards whose next medical visit is near, with the restriction of their last one.
VISIT_DUE = {"Patrice Hoarau": "NIGHT", "Fatou Ndiaye": None}
# guard: (country, days to the end of the permit when one is needed)
NATIONALITIES = {
    "Olga Kowalski": ("PL", None),
    "Joao Ferreira": ("PT", None),
    "Moussa Camara": ("ML", 95),
    "Aminata Traoré": ("ML", 800),
    "Dragan Petrov": ("RS", 420),
}
BODY = "Organisme de formation Vigie Formation"
