"""What guards of the demonstration firm read, check and hand over; invented places."""

# site: (latitude, longitude), near the town of its address
PLACES = {
    "Stade de la Plaine": (48.9262, 2.3601),
    "Centre commercial Les Arcades": (48.8412, 2.5506),
    "Parc commercial de la Croix": (48.8370, 2.7050),
    "Hôpital Sainte-Odile": (48.7904, 2.4556),
}
# (name, answer, expected)
ITEMS = (
    ("Trousseau du poste (clés)", "number", 12),
    ("Radio et chargeur", "check", 0),
    ("Téléphone du poste", "check", 0),
    ("Registre de sécurité à jour", "check", 0),
    ("Kilomètres du véhicule", "number", 0),
)
# (title, classification, must be read, body)
ORDERS = (
    (
        "Contrôle des accès de nuit",
        "security",
        True,
        "<p>De 22 h à 6 h, aucune entrée sans badge ni autorisation écrite du client. "
        "Les noms et heures sont portés à la main courante.</p>",
    ),
    (
        "Évacuation incendie",
        "safety",
        True,
        "<ol><li>Lever le doute.</li><li>Alerter les secours (18 ou 112).</li>"
        "<li>Faire évacuer vers le point de rassemblement.</li></ol>",
    ),
    (
        "Accueil des livreurs",
        "client",
        False,
        "<p>Les livraisons se font par le quai nord, de 7 h à 11 h.</p>",
    ),
)
# One white pixel: a signature stands for itself.
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mP4DwABAQEAHLCMmQAAAABJ"
    "RU5ErkJggg=="
)
