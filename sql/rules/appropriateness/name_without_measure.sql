-- The name of an indicator says what is measured: 购买办公用品 may be a number, an amount or a share.
with

indicators as (
    select * from staging.stg_indicators
),

named as (
    select
        *,
        regexp_replace(indicator_raw, '[（(][^（()）]*[)）]$', '') as bare_name
    from indicators
    where
        level2_group in ('数量', '成本')
        and target_kind in ('quantity', 'money')
),

-- What is done and to what, and nothing behind it; the description then has what the name lacks.
unmeasured as (
    select *
    from named
    where
        regexp_matches(bare_name, '^(?:购买|采购|购置|发放|开展|组织|维修|建设|印刷|租赁)[一-龥]{2,8}$')
        and not regexp_matches(
            bare_name, '(?:数|数量|次|人|户|个|量|额|金|费|费用|成本|价|价格|标准|造价|面积|长度|里程|率|比例|规模|时间|天|期|场|台|套|件)$'
        )
),

-- One cause, one finding: once in a filing.
offending as (
    select
        filing_id,
        case when count(distinct project_no) = 1 then min(project_no) end as project_no,
        case when count(*) = 1 then min(indicator_no) end as indicator_no,
        string_agg(
            '第' || project_no || '个项目' || coalesce(level2, '') || '“' || indicator_raw || '”', '、'
            order by project_no, indicator_no
        ) as figures,
        cast(count(*) as decimal(24, 6)) as difference,
        min_by(indicator_raw || '：' || target_raw, (project_no, indicator_no)) as evidence
    from unmeasured
    group by filing_id
)

select * from offending
