"""Spanish names of those whose word is not ours: carriers, couriers, banks, insurers, authorities."""

import re

from ..carriers import CARRIERS

_WHO = (
    r"(?:transportista|transportadora|mensajer[oa]|mensajer[íi]a|paqueter[íi]a|courier|correos|"
    r"operador log[íi]stico|agencia de (?:transportes?|env[íi]os|viajes)|"
    r"empresa de (?:transportes?|mensajer[íi]a|paqueter[íi]a|reparto|env[íi]os)|compa[ñn][íi]a de (?:transportes?|"
    r"seguros|env[íi]os)|naviera|"
    r"afianzadora|operadora|constructora|administradora|arrendadora|comercializadora|afianzadora|concesionaria|"
    r"compa[ñn][íi]a de luz|empresa de (?:agua|gas|luz)|banco|bancos|entidad(?: bancaria| financiera)?|caja|"
    r"emisor[a]?(?: de (?:la|su) tarjeta)?|pasarela(?: de pagos?)?|procesador(?:a)? de pagos?|financiera|"
    r"aseguradora|(?:(?<=el )|(?<=su )|(?<=tu )|(?<=mi )|(?<=nuestro ))seguro|compa[ñn][íi]a aseguradora|perito|"
    r"aerol[íi]nea|aduana|aduanas|hacienda|ayuntamiento|"
    r"municipio|municipalidad|alcald[íi]a|"
    r"ministerio|juzgado|polic[íi]a|embajada|consulado|registro civil|autoridad(?:es)?|regulador|superintendencia|"
    r"profeco|sernac|indecopi|sat|afip|sunat|dian|"
    r"f[áa]brica|fabricante|proveedor|proveedora|distribuidor|distribuidora|mayorista|importador|importadora|"
    r"colaborador|subcontrata|subcontratista|contratista|"
    r"distribuidora el[ée]ctrica|compa[ñn][íi]a el[ée]ctrica|casero|propietario|tercero|aliado|partner|socio|"
    r"operador|touroperador|mayorista|cartero|notar[íi]a)"
)
PARTNER = re.compile(
    r"(?:\b(?<!\bal )(?<!\bcon el )(?<!\bcon la )(?<!\bcon su )(?<!\bpor )(?<!\ba la )"
    r"(?<!\ba su )(?<!\bdel )(?<!\bde la )(?<!\bde su )(?<!\ben su )(?<!\ben el )(?<!\ben la )(?<!\bpor la )"
    r"(?<!\bpor el )(?<!\bde )(?<!\bcon )"
    r"\b(?:(?:el|la|los|las|su|tu|nuestro|nuestra|un|una|tu propio|mi) )?" + _WHO + r"\b|\b" + CARRIERS + r"\b)"
)
PARTNER_AFTER = re.compile(
    r"(?<!al )(?<!con )(?<!por )\b(?:le|te|lo|la|se|les|os) (?:lo |la |los |las )?\w+ (?:el|la|su|tu|un|una|nuestro|"
    r"nuestra) " + _WHO + r"\b|\b(?:pasa|va|viene|llega|entrega|recoge|llama)n? (?:el|la|un|una|su|tu) " + _WHO + r"\b"
)
