"""What InforMEA knows before it reads a feed: treaties by machine name, countries by code."""

from __future__ import annotations

MACHINE_NAMES = frozenset(
    """
    abidjan aewa antigua apia aarhus ascobans asean bamako barc-spa barcelona barcelona1976
    barcelona_pem basel basel-protocol-liability carpathian cartagena cartagena-conv cbd ccamlr
    cites cms dumping emepprotocol emissionsnitrogenoxides espoo eurobats gc hazardous iccat
    iczm-protocol industrialaccidents ippc itto jeddah kuwait kyivsea kyoto land-based lbs lrtp
    lusakaagreement maputo minamataunep montreal montreal-1987 montreal-adjustments
    montreal-amendments nagoya nairobi nkl noumea offshore paris persistentorganicpollutants
    plant-treaty pollutantrelease preventionemergency protocolabateacidification
    protocolheavymetals protocolwaterhealth ramsar reductionsulphuremissions rotterdam saicm spaw
    stockholm sulphuremissions unccd unea unecetreaty unfccc unga unwatercourses vienna
    volatileorganiccompounds waterconvention whaling whc
    """.split()
)
"""Machine names in lower case, as InforMEA compares them: ECOLEX's table of treaties of 2024."""

COUNTRIES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)
"""ISO 3166-1 codes of two letters. InforMEA takes those of three, too; the feed gives two."""

LANGUAGES = ("en", "es", "fr", "ar", "ru", "zh")
"""Those in which ECOLEX keeps a title."""

LONGEST_ID = 64
LONGEST_TITLE = 2048
