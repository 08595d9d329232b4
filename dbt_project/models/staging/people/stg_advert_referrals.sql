-- One row per record of the feed advert_referral as it stands; older versions stay in the landed files.
select
    force_code,
    source_record_id,
    source_record_id as advert_ref,
    delivery_id,
    line_number,
    occurred_from,
    occurred_to,
    recorded_at,
    known_at,
    record_version,
    owner_force,
    handling,
    sensitivity,
    retention_group,
    platform,
    posted_at,
    text,
    phone,
    email,
    account_name,
    payer_ref,
    postcode,
    town,
    n_people_advertised
from {{ source('landed', 'advert_referral') }}
where is_current and not is_closed and op = 'upsert'
