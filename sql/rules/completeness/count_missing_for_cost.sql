-- What is priced a head, a purchase or a piece is counted too: without the number the price says nothing of the budget.
with

indicators as (
    select
        *,
        indicator_raw || coalesce(description, '') as words
    from staging.stg_indicators
),

priced as (
    select
        *,
        case
            when regexp_matches(words, '人均|每一?[人名位]') then '人数'
            when regexp_matches(words, '户均|每一?户') then '户数'
            when regexp_matches(words, '每次') then '次数'
        end as asked,
        case
            when regexp_matches(words, '培训') then '培训'
            when regexp_matches(words, '采购|购买|购置') then '采购|购买|购置'
        end as subject
    from indicators
    where
        level2_group = '成本'
        and target_kind = 'money'
),

-- A count of the same doings, by whatever unit, will do.
offending as (
    select
        priced.filing_id,
        priced.project_no,
        priced.indicator_no,
        '有' || priced.indicator_raw || priced.target_raw || '，没有相应的' || regexp_extract(priced.subject, '^[^|]+')
        || priced.asked as figures,
        cast(null as decimal(24, 6)) as difference,
        priced.indicator_raw as evidence
    from priced
    where
        priced.asked is not null
        and priced.subject is not null
        and not exists (
            select 1
            from indicators as counts
            where
                priced.filing_id = counts.filing_id
                and priced.project_no = counts.project_no
                and counts.level2_group = '数量'
                and regexp_matches(
                    counts.words, priced.subject || case when priced.asked = '人数' then '|人数|人次' else '' end
                )
        )
)

select * from offending
