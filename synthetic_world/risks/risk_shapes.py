"""The columns of each feed as the world's records hold them: name and kind, in the order of the canonical contract.

Kinds: k key or uid, t second, d day, b flag, n number, i whole number, v version, s text. As model.py says: no name
block, a person is a uid, a reference is a key. `quoted_…` columns are extra: they say what {person}, {other}, {phone}
and {vehicle} in a row's texts stand for. Not here: how rows are gathered (risk_rows). A test holds this beside
data_contracts/canonical.
"""

from collections.abc import Mapping
from typing import Final


def _shape(text: str) -> dict[str, str]:
    return dict(part.split(":") for part in text.split())


SPINE: Final[Mapping[str, str]] = _shape(
    "key:k version:v op:s recorded_at:t occurred_from:t occurred_to:t handling:s sensitivity:s"
)
SHAPES: Final[Mapping[str, Mapping[str, str]]] = {
    "missing_episode": _shape(
        "person_uid:k reported_at:t returned_at:t missing_from_type:s care_home_ref:s placing_authority:s"
        " host_authority:s reported_by:s risk_initial:s risk_current:s is_looked_after:b has_cse_marker:b"
        " has_cce_marker:b has_mental_health_marker:b has_dementia_marker:b has_self_harm_marker:b"
        " is_trafficking_referred:b found_place:s found_force:s found_by:s found_with_text:s distance_km:n harm:s"
        " prevention_interview_at:t co_missing_key:k status:s other_person_uid:k"
    ),
    "return_interview": _shape(
        "missing_key:k person_uid:k is_offered:b is_accepted:b held_at:t provider:s disclosure_text:s"
        " other_person_uid:k"
    ),
    "placement": _shape(
        "person_uid:k home_ref:s home_type:s placing_authority:s host_authority:s ended_at:d holds_philomena:b"
    ),
    "managed_offender": _shape(
        "person_uid:k address_line:s postcode:s mappa_category:s mappa_level:s status:s index_offence_text:s"
        " index_cjs_code:s conviction_date:d release_date:d licence_end_date:d notification_start_date:d"
        " notification_end_date:d is_notification_indefinite:b annual_due_date:d last_notified_date:d osp_dc:s"
        " osp_iic:s arms_date:d arms_level:s risk_band:s manager_ref:s plan_date:d plan_review_due_date:d"
    ),
    "managed_visit": _shape(
        "offender_key:k planned_date:d done_date:d visit_type:s outcome:s manager_ref:s note_text:s person_uid:k"
    ),
    "notification": _shape(
        "offender_key:k kind:s due_date:d made_at:t address_line:s postcode:s destination_country:s"
    ),
    "order": _shape(
        "person_uid:k kind:s protected_person_uid:k start_date:d end_date:d conditions_text:s court:s status:s"
        " breached_at:t"
    ),
    "safeguarding": _shape(
        "kind:s person_uid:k other_person_uid:k crime_key:k risk_level:s score:i meeting_date:d outcome_text:s"
    ),
    "intel_report": _shape(
        "text:s source_grade:s assessment_grade:s handling_conditions:s origin:s gsc:s is_sanitised:b"
        " legacy_grading:s person_uid:k other_person_uid:k quoted_phone:k quoted_vehicle:s"
    ),
    "intel_party": _shape("intel_key:k person_uid:k role:s alias_names:s vehicle_registration:s"),
    "identifier": _shape("person_uid:k kind:s value:s last_seen_date:d"),
    "advert_referral": _shape(
        "platform:s posted_at:t text:s phone:s email:s account_name:s payer_ref:s postcode:s town:s"
        " n_people_advertised:i"
    ),
    # written by crimes, and here by the seeded scenarios only
    "crime": _shape(
        "offence_text:s rc_class:s ho_class:s cjs_code:s reported_at:t status:s outcome_code:s outcome_date:d"
        " is_domestic_abuse:b is_honour_based:b is_cse:b is_cce:b is_online:b is_knife:b is_alcohol:b"
        " premises_type:s address_line:s postcode:s lsoa_code:s longitude:n latitude:n team:s officer_in_case:s"
        " linked_crime_key:k method_text:s suspects_text:s text_person_uid:k text_other_uid:k"
    ),
    "crime_party": _shape(
        "crime_key:k person_uid:k role:s relationship:s age_recorded:i suspect_status:s injury:s"
        " description_text:s"
    ),
    "custody": _shape(
        "person_uid:k crime_key:k asn:s arrested_at:t arrest_place:s offence_text:s cjs_code:s is_child:b"
        " has_appropriate_adult:b risk_markers:s released_at:t disposal:s bail_return_date:d bail_conditions:s"
    ),
    "incident": _shape(
        "kind:s victim_uid:k subject_uid:k relationship:s is_domestic_abuse:b address_line:s postcode:s lsoa_code:s"
        " longitude:n latitude:n summary_text:s"
    ),
}
