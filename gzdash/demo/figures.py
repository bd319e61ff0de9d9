"""The figures the demonstration city is calibrated to; none of them says anything about a real organization."""

from __future__ import annotations

from gzdash.period import Period
from gzdash.reference import code_list

PERIOD = Period("2021-01", "2023-09")
MONTHS = PERIOD.months
CHAINS = code_list("chain").codes
NO_CHAIN = len(CHAINS)

# The last day anything happened: the city's clock stops the day after, at half past six in the evening.
LAST_DAY = "2023-09-19"

# Runs of months that have totals of their own, as places in MONTHS: first and end.
YEAR_2021, EARLY_2022, LATE_2022, EARLY_2023, LATE_2023 = (0, 12), (12, 19), (19, 24), (24, 31), (31, 33)
RUNS = (YEAR_2021, EARLY_2022, LATE_2022, EARLY_2023, LATE_2023)

STOCK_2023, STOCK_2013 = 7_964, 4_841
REPORTED_ORGANIZATIONS = 6_871

# By month from 2021-01 on.
JOBS_POSTED = (
    *(205, 148, 372, 351, 380, 452, 331, 318, 348, 287, 246, 208),
    *(190, 292, 436, 402, 428, 497, 370, 402, 436, 352, 301, 252),
    *(212, 348, 512, 468, 497, 586, 434, 462, 246),
)
GRADUATES_HIRED = (
    *(98, 66, 178, 176, 196, 249, 178, 170, 189, 152, 128, 104),
    *(97, 142, 228, 224, 243, 318, 246, 243, 266, 211, 178, 143),
    *(98, 171, 274, 289, 318, 401, 284, 301, 158),
)
MEMBER_JOBS_POSTED = (
    *(560, 430, 1190, 1120, 1215, 1420, 1060, 1020, 1105, 930, 800, 690),
    *(632, 971, 1451, 1338, 1425, 1655, 1230, 1290, 1380, 1130, 980, 830),
    *(648, 1065, 1568, 1432, 1521, 1793, 1328, 1392, 728),
)
MEMBER_UNITS_MOBILISED = (
    *(364, 280, 770, 730, 790, 925, 690, 665, 720, 605, 520, 450),
    *(417, 641, 959, 884, 941, 1093, 813, 850, 905, 740, 640, 545),
    *(421, 692, 1019, 931, 989, 1165, 864, 905, 470),
)
EMPLOYMENT_EVENTS = (
    *(28, 21, 55, 52, 56, 66, 48, 45, 50, 42, 37, 31),
    *(38, 47, 74, 68, 72, 83, 59, 64, 68, 55, 49, 40),
    *(41, 52, 81, 74, 79, 91, 65, 70, 38),
)

# Posts and hires by chain, in the order of the chain list, then organizations of no chain: January to July.
POSTS_2022 = (295, 42, 240, 58, 362, 204, 92, 280, 69, 30, 27, 208, 76, 178, 128, 15, 152, 13, 11, 110, 9, 16)
HIRES_2022 = (178, 19, 141, 35, 213, 120, 58, 159, 43, 12, 12, 104, 39, 110, 70, 5, 101, 5, 4, 60, 4, 6)
POSTS_2023 = (341, 48, 268, 62, 486, 231, 106, 372, 74, 34, 31, 212, 88, 196, 142, 18, 168, 16, 14, 121, 11, 18)
HIRES_2023 = (214, 21, 158, 38, 331, 149, 71, 236, 48, 14, 13, 97, 41, 121, 76, 6, 117, 6, 5, 62, 5, 6)

# Credit lines in 10,000 yuan by chain: January to July of two years, and a weight for 2021.
CREDIT_2022 = (3520, 1180, 2960, 790, 2090, 940, 1760, 2270, 1290, 560, 510, 460, 70, 160, 140, 0, 210, 90, 0, 300, 0)
CREDIT_2023 = (4820, 1260, 3960, 860, 2380, 1080, 1940, 3150, 1420, 620, 540, 430, 80, 210, 160, 0, 260, 110, 0, 320, 0)
CREDIT_2021 = (
    *(3400, 1200, 2900, 760, 2000, 900, 1600, 2200, 1250, 540, 500),
    *(470, 90, 170, 150, 60, 220, 100, 40, 300, 30),
)
# The one figure of one organization: the manufacturing association's lines in June 2023, by chain.
CREDIT_JUNE = (1400, 200, 1650, 150, 0, 0, 400, 900, 350, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
CREDIT_BY_RUN = (26_000, 19_300, 15_800, 23_600, 5_600)
DISBURSED_BY_RUN = (13_500, 10_500, 8_250, 12_700, 3_400)

# Aid delivered in 10,000 yuan by prefecture: since 2021, and of it January to July of 2022 and of 2023.
AID_BY_PREFECTURE = {
    "441800": (3980, 930, 945),
    "441400": (2460, 590, 580),
    "440200": (1870, 445, 438),
    "441600": (1640, 390, 384),
    "445300": (1150, 275, 270),
    "440800": (1720, 412, 402),
    "440900": (1390, 452, 282),
    "441700": (630, 234, 121),
    "445200": (1240, 296, 291),
    "441500": (1010, 224, 228),
    "445100": (620, 106, 102),
    "440500": (530, 90, 83),
}
# What is left of each prefecture falls to 2021, the end of 2022 and the end of 2023 in this proportion.
AID_OTHER_RUNS = {YEAR_2021: 5_554, LATE_2022: 3_216, LATE_2023: 900}

# Projects started, by run of months; and by region group, with those completed.
PROJECTS_BY_RUN = (340, 76, 57, 83, 20)
PROJECTS_BY_GROUP = {"GD-NORTH": (338, 262), "GD-WEST": (127, 92), "GD-EAST": (111, 77)}
# Organizations that gave aid for the first time, by run of months; 113 together.
GIVERS_BY_RUN = (86, 11, 8, 6, 2)

# Aid to the town of Sanpai in yuan, by programme and form; the empty programme is none of the named ones.
SANPAI_COUNTY, SANPAI_TOWN = "441826", "441826105"
SANPAI_AID = {
    ("yao-medical", "goods"): 958_000,
    ("yao-medical", "money"): 640_000,
    ("yao-schooling", "money"): 1_280_000,
    ("yao-schooling", "goods"): 800_000,
    ("vitamin-c-supper", "money"): 860_000,
    ("hardship-scholarship", "money"): 520_000,
    ("", "money"): 3_300_000,
    ("", "goods"): 1_638_000,
}

TRAINING_PLACED = 1_500

TARGETS = {
    2022: {
        "jobs_posted": 4_500,
        "graduates_hired": 2_600,
        "credit_line": 350_000_000,
        "loan_disbursed": 200_000_000,
        "aid_value": 75_000_000,
        "aid_projects": 140,
        "organizations_in_aid": 100,
    },
    2023: {
        "jobs_posted": 5_000,
        "graduates_hired": 3_000,
        "credit_line": 400_000_000,
        "loan_disbursed": 240_000_000,
        "aid_value": 80_000_000,
        "aid_projects": 150,
        "organizations_in_aid": 120,
    },
}
