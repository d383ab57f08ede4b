-- What is planned in numbers is told in numbers.
with

filings as (
    select * from staging.stg_filings
),

indicators as (
    select * from staging.stg_indicators
),

offending as (
    select
        indicators.filing_id,
        indicators.project_no,
        indicators.indicator_no,
        '指标值“' || indicators.target_raw || '”，实际完成值只写“' || indicators.actual_raw || '”，没有写数值' as figures,
        cast(null as decimal(24, 6)) as difference,
        indicators.actual_raw as evidence
    from indicators
    inner join filings
        on indicators.filing_id = filings.filing_id
    where
        filings.doc_kind = 'self_evaluation'
        and indicators.level2_group = '数量'
        and indicators.target_kind = 'quantity'
        and coalesce(indicators.value_low, indicators.value_high) > 0
        and regexp_full_match(
            regexp_replace(indicators.actual_raw, '[\s。，；]', '', 'g'),
            '(?:已|均|已经|全部|按期|按时|按要求|按计划|如期|基本|圆满|全面)*(?:完成|达标|达到|实现|落实|达成|合格)(?:预期|年度|目标|指标|任务|要求|值|计划|工作|既定)*'
        )
)

select * from offending
