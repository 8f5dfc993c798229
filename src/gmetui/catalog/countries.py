"""Countries and languages by their codes of two letters (ISO 3166-1 and ISO 639-1), under their usual English names."""

from __future__ import annotations

from collections.abc import Mapping

_COUNTRY_TEXT = """
AF Afghanistan|AL Albania|DZ Algeria|AS American Samoa|AD Andorra|AO Angola|AI Anguilla|AG Antigua and Barbuda
AR Argentina|AM Armenia|AW Aruba|AU Australia|AT Austria|AZ Azerbaijan|BS Bahamas|BH Bahrain|BD Bangladesh|BB Barbados
BY Belarus|BE Belgium|BZ Belize|BJ Benin|BM Bermuda|BT Bhutan|BO Bolivia|BQ Bonaire, Sint Eustatius and Saba
BA Bosnia and Herzegovina|BW Botswana|BR Brazil|VG British Virgin Islands|BN Brunei|BG Bulgaria|BF Burkina Faso
BI Burundi|CV Cabo Verde|KH Cambodia|CM Cameroon|CA Canada|KY Cayman Islands|CF Central African Republic|TD Chad
CL Chile|CN China|CO Colombia|KM Comoros|CG Congo (Brazzaville)|CD Congo (Kinshasa)|CR Costa Rica|CI Côte d'Ivoire
HR Croatia|CU Cuba|CW Curaçao|CY Cyprus|CZ Czechia|DK Denmark|DJ Djibouti|DM Dominica|DO Dominican Republic|EC Ecuador
EG Egypt|SV El Salvador|GQ Equatorial Guinea|ER Eritrea|EE Estonia|SZ Eswatini|ET Ethiopia|FO Faroe Islands|FJ Fiji
FI Finland|FR France|GF French Guiana|PF French Polynesia|GA Gabon|GM Gambia|GE Georgia|DE Germany|GH Ghana
GI Gibraltar|GR Greece|GL Greenland|GD Grenada|GP Guadeloupe|GU Guam|GT Guatemala|GN Guinea|GW Guinea-Bissau|GY Guyana
HT Haiti|HN Honduras|HK Hong Kong|HU Hungary|IS Iceland|IN India|ID Indonesia|IR Iran|IQ Iraq|IE Ireland|IL Israel
IT Italy|JM Jamaica|JP Japan|JO Jordan|KZ Kazakhstan|KE Kenya|KI Kiribati|XK Kosovo|KW Kuwait|KG Kyrgyzstan|LA Laos
LV Latvia|LB Lebanon|LS Lesotho|LR Liberia|LY Libya|LI Liechtenstein|LT Lithuania|LU Luxembourg|MO Macau|MG Madagascar
MW Malawi|MY Malaysia|MV Maldives|ML Mali|MT Malta|MH Marshall Islands|MQ Martinique|MR Mauritania|MU Mauritius
MX Mexico|FM Micronesia|MD Moldova|MC Monaco|MN Mongolia|ME Montenegro|MS Montserrat|MA Morocco|MZ Mozambique
MM Myanmar|NA Namibia|NR Nauru|NP Nepal|NL Netherlands|NC New Caledonia|NZ New Zealand|NI Nicaragua|NE Niger|NG Nigeria
KP North Korea|MK North Macedonia|MP Northern Mariana Islands|NO Norway|OM Oman|PK Pakistan|PW Palau|PS Palestine
PA Panama|PG Papua New Guinea|PY Paraguay|PE Peru|PH Philippines|PL Poland|PT Portugal|PR Puerto Rico|QA Qatar
RE Réunion|RO Romania|RU Russia|RW Rwanda|KN Saint Kitts and Nevis|LC Saint Lucia|MF Saint Martin
VC Saint Vincent and the Grenadines|WS Samoa|SM San Marino|ST São Tomé and Príncipe|SA Saudi Arabia|SN Senegal
RS Serbia|SC Seychelles|SL Sierra Leone|SG Singapore|SX Sint Maarten|SK Slovakia|SI Slovenia|SB Solomon Islands
SO Somalia|ZA South Africa|KR South Korea|SS South Sudan|ES Spain|LK Sri Lanka|SD Sudan|SR Suriname|SE Sweden
CH Switzerland|SY Syria|TW Taiwan|TJ Tajikistan|TZ Tanzania|TH Thailand|TL Timor-Leste|TG Togo|TO Tonga
TT Trinidad and Tobago|TN Tunisia|TR Türkiye|TM Turkmenistan|TC Turks and Caicos Islands|TV Tuvalu|UG Uganda|UA Ukraine
AE United Arab Emirates|GB United Kingdom|US United States|VI US Virgin Islands|UY Uruguay|UZ Uzbekistan|VU Vanuatu
VA Vatican City|VE Venezuela|VN Vietnam|YE Yemen|ZM Zambia|ZW Zimbabwe
"""
_LANGUAGE_TEXT = """
af Afrikaans|ak Akan|sq Albanian|am Amharic|ar Arabic|hy Armenian|az Azerbaijani|eu Basque|be Belarusian|bn Bengali
bs Bosnian|bg Bulgarian|my Burmese|ca Catalan|zh Chinese|hr Croatian|cs Czech|da Danish|nl Dutch|en English|et Estonian
fi Finnish|fr French|ka Georgian|de German|el Greek|gu Gujarati|ht Haitian Creole|ha Hausa|he Hebrew|hi Hindi
hu Hungarian|is Icelandic|ig Igbo|id Indonesian|ga Irish|it Italian|ja Japanese|kn Kannada|kk Kazakh|km Khmer
rw Kinyarwanda|ko Korean|ku Kurdish|ky Kyrgyz|lo Lao|lv Latvian|lt Lithuanian|mk Macedonian|ms Malay|ml Malayalam
mr Marathi|mn Mongolian|ne Nepali|no Norwegian|or Odia|om Oromo|ps Pashto|fa Persian|pl Polish|pt Portuguese|pa Punjabi
ro Romanian|ru Russian|sr Serbian|sn Shona|sd Sindhi|si Sinhala|sk Slovak|sl Slovenian|so Somali|es Spanish|sw Swahili
sv Swedish|tl Tagalog|tg Tajik|ta Tamil|te Telugu|th Thai|ti Tigrinya|tr Turkish|tk Turkmen|uk Ukrainian|ur Urdu
uz Uzbek|vi Vietnamese|cy Welsh|wo Wolof|yi Yiddish|yo Yoruba|zu Zulu
"""


def _names_by_code(text: str) -> Mapping[str, str]:
    parts = (part.partition(" ") for line in text.split("\n") for part in line.split("|") if part)
    return {code: name for code, _, name in parts}


COUNTRIES: Mapping[str, str] = _names_by_code(_COUNTRY_TEXT)
LANGUAGES: Mapping[str, str] = _names_by_code(_LANGUAGE_TEXT)


def country_name(code: str) -> str:
    """Return the name of a country, or its code where it has none here."""
    return COUNTRIES.get(code, code)


def language_name(code: str) -> str:
    """Return the name of a language, or its code where it has none here."""
    return LANGUAGES.get(code, code)


def country_code(text: str) -> str:
    """Return the code of a country that a text names by its name or its code; any other text as it is."""
    return _code(text, COUNTRIES)


def language_code(text: str) -> str:
    """Return the code of a language that a text names by its name or its code; any other text as it is."""
    return _code(text, LANGUAGES)


def _code(text: str, names: Mapping[str, str]) -> str:
    folded = text.strip().casefold()
    return next((code for code, name in names.items() if folded in (code.casefold(), name.casefold())), text)
