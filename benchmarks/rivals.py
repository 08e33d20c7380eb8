"""The rival of the figures: for each measure that a year asks, the best single statement that we can write by hand.

Same tables, same indexes, same snapshot; no library around them. Each returns rows whose last column is the number.
"""

_VALID = (
    "FROM employers_companyreport r JOIN employers_company c ON c.id = r.company_id "
    "WHERE r.valid_from <= %(day)s AND (r.valid_until IS NULL OR r.valid_until >= %(day)s) "
    "AND c.operating_from <= %(day)s AND (c.operating_until IS NULL OR c.operating_until >= %(day)s)"
)
_PLACED = "FROM placements_placement p WHERE p.started_on BETWEEN %(first)s AND %(day)s AND EXISTS "
_VERIFIED = "(SELECT 1 FROM placements_channelreport r WHERE r.placement_id = p.id AND r.state = 'VERIFIED')"
_REPORTS = (
    "FROM placements_channelreport r JOIN placements_placement p ON p.id = r.placement_id "
    "WHERE r.state = 'VERIFIED' AND p.started_on BETWEEN %(first)s AND %(day)s"
)
_TRAINED = (
    "FROM training_enrolment e JOIN training_trainingcohort t ON t.id = e.cohort_id "
    "WHERE e.state = 'COMPLETED' AND t.ends_on BETWEEN %(first)s AND %(day)s"
)
_SETTLED = (
    "FROM disputes_disputecase WHERE state = 'CLOSED' AND registered_on BETWEEN %(first)s AND %(day)s "
    "AND settled_on <= %(day)s AND outcome IN "
    "('BIPARTITE_AGAIN','SETTLEMENT_AGREEMENT','RECOMMENDATION_ACCEPTED','RECOMMENDATION_REJECTED','WITHDRAWN')"
)
_ATTENDED = (
    "FROM activities_activityparticipants p JOIN activities_activity a ON a.id = p.activity_id "
    "LEFT JOIN core_nomenclature n ON n.id = a.sub_activity_id "
    "WHERE a.state = 'RECORDED' AND a.held_on BETWEEN %(first)s AND %(day)s"
)
_ISSUED = "kind IN ('NEW','RENEWAL') AND issued_on BETWEEN %(first)s AND %(day)s"
_TKA = (
    "employers_foreignworker WHERE valid_from <= %(day)s AND (valid_until IS NULL OR valid_until >= %(day)s)"
)
_COMPANIES = (
    "SELECT count(*) FROM employers_company WHERE operating_from <= %(day)s "
    "AND (operating_until IS NULL OR operating_until >= %(day)s)"
)

RIVALS: dict[tuple[str, str], str] = {
    ("jobseekers.ak1_cards", ""): f"SELECT count(*) FROM jobseekers_ak1card WHERE {_ISSUED}",
    ("placements.placement_reports", ""): f"SELECT count(*) {_REPORTS}",
    ("placements.placement_reports", "by channel"): f"SELECT r.channel, count(*) {_REPORTS} GROUP BY 1",
    ("placements.placed_persons", ""): f"SELECT count(DISTINCT p.jobseeker_id) {_PLACED}{_VERIFIED}",
    ("placements.placed_persons", "reach"): (
        f"SELECT count(DISTINCT p.jobseeker_id) {_PLACED}{_VERIFIED} AND p.reach IN ('AKAD', 'AKL')"
    ),
    (
        "activities.participants",
        "by sub_activity",
    ): f"SELECT n.key, sum(p.male + p.female) {_ATTENDED} GROUP BY 1",
    ("activities.participants", "evidence by sub_activity"): (
        f"SELECT n.key, count(*) {_ATTENDED} AND p.male + p.female <> 0 GROUP BY 1"
    ),
    ("placements.placed_persons_with_card", ""): (
        f"SELECT count(*) FROM (SELECT DISTINCT p.jobseeker_id {_PLACED}{_VERIFIED}) x "
        f"WHERE EXISTS (SELECT 1 FROM jobseekers_ak1card c WHERE c.jobseeker_id = x.jobseeker_id AND {_ISSUED})"
    ),
    ("training.trainees", ""): f"SELECT count(*) {_TRAINED}",
    ("training.competent", ""): f"SELECT count(*) {_TRAINED} AND e.result = 'COMPETENT'",
    ("training.trainees", "by funding_source"): f"SELECT t.funding_source, count(*) {_TRAINED} GROUP BY 1",
    ("training.trainees", "by funding_source, programme"): (
        "SELECT t.funding_source, g.name, count(*) FROM training_enrolment e "
        "JOIN training_trainingcohort t ON t.id = e.cohort_id "
        "JOIN training_trainingprogramme g ON g.id = t.programme_id "
        "WHERE e.state = 'COMPLETED' AND t.ends_on BETWEEN %(first)s AND %(day)s GROUP BY 1, 2"
    ),
    ("training.certificates", "scheme"): (
        "SELECT count(*) FROM training_certificate WHERE issued_on BETWEEN %(first)s AND %(day)s AND scheme = 'BNSP'"
    ),
    ("training.certificates", "by programme, scheme"): (
        "SELECT g.name, c.scheme, count(*) FROM training_certificate c "
        "JOIN training_enrolment e ON e.id = c.enrolment_id JOIN training_trainingcohort t ON t.id = e.cohort_id "
        "JOIN training_trainingprogramme g ON g.id = t.programme_id "
        "WHERE c.issued_on BETWEEN %(first)s AND %(day)s GROUP BY 1, 2"
    ),
    ("disputes.registered", ""): (
        "SELECT count(*) FROM disputes_disputecase WHERE registered_on BETWEEN %(first)s AND %(day)s"
    ),
    ("disputes.settled", ""): f"SELECT count(*) {_SETTLED}",
    ("disputes.settled", "by outcome"): f"SELECT outcome, count(*) {_SETTLED} GROUP BY 1",
    ("disputes.settled", "outcome"): f"SELECT count(*) {_SETTLED} AND outcome <> 'SETTLEMENT_AGREEMENT'",
    ("employers.companies", ""): _COMPANIES,
    ("employers.companies_bpjs", ""): f"SELECT count(DISTINCT r.company_id) {_VALID} AND r.bpjs_registered",
    ("employers.companies_minimum_wage", ""): (
        f"SELECT count(DISTINCT r.company_id) {_VALID} AND r.pays_minimum_wage"
    ),
    ("employers.companies_decent_work", ""): (
        f"SELECT count(DISTINCT r.company_id) {_VALID} AND (r.has_company_regulation OR r.has_collective_agreement) "
        "AND r.has_wage_scale AND r.has_lks_bipartite AND r.all_workers_insured"
    ),
    ("employers.workers_disabled", ""): f"SELECT coalesce(sum(r.workers_disabled), 0) {_VALID}",
    ("employers.workers", ""): f"SELECT coalesce(sum(r.workers_male + r.workers_female), 0) {_VALID}",
    ("employers.bpjs_members", ""): f"SELECT coalesce(sum(r.bpjs_members), 0) {_VALID}",
    ("employers.workers_disabled", "evidence"): f"SELECT count(*) {_VALID} AND r.workers_disabled <> 0",
    ("employers.workers", "evidence"): f"SELECT count(*) {_VALID} AND r.workers_male + r.workers_female <> 0",
    ("employers.bpjs_members", "evidence"): f"SELECT count(*) {_VALID} AND r.bpjs_members <> 0",
    ("employers.foreign_workers", ""): f"SELECT count(*) FROM {_TKA}",
    ("employers.companies_foreign_workers", ""): f"SELECT count(DISTINCT company_id) FROM {_TKA}",
}
"""{(code, how it is split): statement}"""
