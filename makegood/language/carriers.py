"""Names of carriers and payment services as people write them, whatever their language."""

CARRIERS = (
    r"(?:dhl|dpd|fed-?ex|ups|usps|tnt|gls|hermes|evri|yodel|royal mail|parcelforce|an post|australia post|auspost|"
    r"canada post|purolator|aramex|blue dart|delhivery|dtdc|india post|speed post|ekart|star track|startrack|toll|"
    r"ontrac|lasership|collect\+|inpost|city link|apc|tuffnells|fastway|nightline|sendle|couriers please|"
    r"poste italiane|"
    r"correos(?: express)?|mrw|seur|nacex|zeleris|envialia|ctt|tipsa|celeritas|redyser|estafeta|redpack|paquetexpress|"
    r"servientrega|coordinadora|interrapidisimo|inter rapidísimo|envia|deprisa|andreani|oca|correo argentino|"
    r"chilexpress|"
    r"starken|blue express|bluexpress|correos de (?:chile|méxico|mexico)|olva|serpost|shalom|urbano|dac|"
    r"paypal|stripe|klarna|visa|mastercard|amex|american express|mercado pago|mercado envíos|bizum)"
)
